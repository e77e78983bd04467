import { organisation } from '../partners.js';
import { oscarFields, type Story } from './story.js';

/** We ask an organisation that uses OSCaR. It meets the child, fills in what it was not told yet, and answers. */
export const askOscar: Story = async (world, child, random) => {
  const { oscar } = world.partners;
  const { caseId } = await world.open(child);
  await world.risk(caseId, 'high');
  await world.consent(caseId, 'CONSENT_SHARING', organisation);
  await world.refer(caseId, organisation);
  const asked = await world.until('referral at OSCaR', () =>
    oscar.state.referrals.find(({ external_id: id }) => id === caseId),
  );
  const takes = random.next() < 0.8;
  const answer = () => {
    const client = takes ? oscar.staff.acceptReferral(asked) : oscar.staff.rejectReferral(asked);
    oscar.staff.changeClient(client, { ...oscarFields(child), location: child.location });
  };
  await world.answered('OSCaR to us', answer, () => world.isOurs(caseId, takes ? 'ACCEPTED' : 'REJECTED'));
  return {
    caseId,
    ours: { referrals: [takes ? 'ACCEPTED' : 'REJECTED'] },
    primero: null,
    oscar: {
      id: { external: caseId },
      referrals: [takes ? 'Accepted' : 'Exited'],
      clients: 1,
      fields: oscarFields(child),
    },
  };
};
