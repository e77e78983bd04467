import { primeroFields, type Story } from './story.js';

/** Consent is withdrawn once Primero knows the child. What becomes of the child afterwards is not told there. */
export const withdrawn: Story = async (world, child) => {
  const { primero } = world.partners;
  const { caseId, personId } = await world.open(child);
  const consents = await world.consent(caseId, 'CONSENT_SHARING', 'primero');
  await world.until('case in Primero', () => primero.state.cases.get(caseId));
  for (const id of consents) {
    await world.post(`/cases/${caseId}/consents/${id}/withdrawal`, { giver: 'child' });
  }
  await world.rename(personId, { ...child, family: `${child.family}y` });
  return {
    caseId,
    ours: { referrals: [] },
    primero: { id: caseId, transitions: [], rows: [], fields: primeroFields(child) },
    oscar: null,
  };
};
