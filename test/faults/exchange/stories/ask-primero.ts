import { pick } from '../child.js';
import { shelter, shelterUser } from '../partners.js';
import { primeroFields, type Story } from './story.js';

const endings = {
  accepted: { ours: 'ACCEPTED', row: 'accepted_340953' },
  rejected: { ours: 'REJECTED', row: 'rejected_936484' },
  revoked: { ours: 'REVOKED', row: 'rejected_936484' },
} as const;

/** We ask a shelter that uses Primero. It accepts or refuses, or we take it back; the child's name is put right meanwhile. */
export const askPrimero: Story = async (world, child, random) => {
  const { primero } = world.partners;
  const { caseId, personId } = await world.open(child);
  await world.consent(caseId, 'CONSENT_SERVICES');
  await world.consent(caseId, 'CONSENT_SHARING', 'primero');
  await world.consent(caseId, 'CONSENT_SHARING', shelter);
  const referralId = await world.refer(caseId, shelter);
  const asked = await world.until('referral in Primero', () => primero.state.transitionsOf(caseId, 'Referral')[0]);
  const renamed = { ...child, family: `${child.family}a` };
  await world.rename(personId, renamed);
  const ending = pick(random, ['accepted', 'accepted', 'rejected', 'revoked'] as const);
  const { ours, row } = endings[ending];
  if (ending === 'revoked') {
    await world.post(`/cases/${caseId}/referrals/${referralId}/revocation`, { reason: 'OTHER' });
  } else {
    const answer = () => {
      if (ending === 'accepted') primero.staff.acceptReferral(shelterUser, caseId, asked.id);
      else primero.staff.rejectReferral(shelterUser, caseId, asked.id, 'NO_CAPACITY');
    };
    await world.answered('Primero to us', answer, () => world.isOurs(caseId, ours));
  }
  return {
    caseId,
    ours: { referrals: [ours] },
    primero: { id: caseId, transitions: [ending], rows: [row], fields: primeroFields(renamed) },
    oscar: null,
  };
};
