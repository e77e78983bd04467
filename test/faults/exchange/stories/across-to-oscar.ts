import { manager, organisation, organisationUser } from '../partners.js';
import { oscarFields, primeroFields, type Story } from './story.js';

/**
 * The government refers a child in Primero to an organisation that uses OSCaR; a worker here asks for the consent. The
 * organisation answers, and Primero raises the risk and corrects the name meanwhile.
 */
export const acrossToOscar: Story = async (world, child, random) => {
  const { primero, oscar } = world.partners;
  const rowId = primero.state.newId();
  const row = {
    ...{ unique_id: rowId, service_response_type: 'referral_to_oscar', service_type: 'counselling' },
    ...{ service_subtype: ['counselling_trauma'], service_implementing_agency: `agency-${organisation}` },
  };
  const stored = world.act(() =>
    primero.staff.openCase(manager, {
      ...primeroFields(child),
      ...{ location_current: child.location, risk_level: 'medium' },
      ...{ consent_for_services: true, disclosure_other_orgs: true, services_section: [row] },
    }),
  );
  const external = stored.data['case_id'] as string;
  const referral = { transitioned_to: organisationUser, service_record_id: rowId };
  const transition = world.act(() => primero.staff.refer(manager, stored.id, referral));
  const { caseId } = await world.takeOn(`primero id ${stored.id}`);
  await world.consent(caseId, 'CONSENT_SHARING', organisation);
  const asked = await world.until('referral at OSCaR', () =>
    oscar.state.referrals.find(({ external_id: id }) => id === external),
  );
  const renamed = { ...child, family: `${child.family}e` };
  world.act(() => primero.staff.changeCase(manager, stored.id, { name_last: renamed.family, risk_level: 'high' }));
  const takes = random.next() < 0.8;
  const status = takes ? 'accepted' : 'rejected';
  const answer = () => {
    const client = takes ? oscar.staff.acceptReferral(asked) : oscar.staff.rejectReferral(asked);
    oscar.staff.changeClient(client, { ...oscarFields(renamed), location: child.location });
  };
  await world.answered('OSCaR to Primero', answer, () => transition.status === status);
  return {
    caseId,
    ours: { referrals: [takes ? 'ACCEPTED' : 'REJECTED'] },
    primero: {
      id: stored.id,
      transitions: [status],
      rows: [takes ? 'accepted_340953' : 'rejected_936484'],
      fields: { ...primeroFields(renamed), risk_level: 'high' },
    },
    oscar: {
      id: { external },
      referrals: [takes ? 'Accepted' : 'Exited'],
      clients: 1,
      fields: oscarFields(renamed),
    },
  };
};
