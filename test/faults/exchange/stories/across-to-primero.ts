import { manager, organisation, ourNameInOscar } from '../partners.js';
import { oscarFields, primeroFields, type Story } from './story.js';

/** An organisation refers a child in OSCaR to the government, which answers in Primero. A worker here asks for the consent. */
export const acrossToPrimero: Story = async (world, child, random) => {
  const { primero, oscar } = world.partners;
  const client = world.act(() =>
    oscar.staff.openClient(organisation, { ...oscarFields(child), location: child.location }),
  );
  const asking = { services: ['Kinship care'], reason: 'Synthetic words', risk: 'high' };
  const referral = world.act(() => oscar.staff.referOut(client, ourNameInOscar, asking));
  const { caseId } = await world.takeOn(`oscar global_id ${client.global_id}`);
  await world.consent(caseId, 'CONSENT_SHARING', 'primero');
  const stored = await world.until('case in Primero', () => primero.state.cases.get(caseId));
  const [row] = stored.data['services_section'] as { unique_id: string }[];
  const takes = random.next() < 0.8;
  const status = takes ? 'accepted_340953' : 'rejected_936484';
  const answered = { ...row, referral_status_edf41f2: status };
  const told = takes ? 'Accepted' : 'Exited';
  const answer = () => primero.staff.changeCase(manager, caseId, { services_section: [answered] });
  await world.answered('Primero to OSCaR', answer, () => referral.referral_status === told);
  return {
    caseId,
    ours: { referrals: [takes ? 'ACCEPTED' : 'REJECTED'] },
    primero: { id: caseId, transitions: [], rows: [status], fields: { ...primeroFields(child), risk_level: 'high' } },
    oscar: { id: { global: client.global_id }, referrals: [told], clients: 1, fields: oscarFields(child) },
  };
};
