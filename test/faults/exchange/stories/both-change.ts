import { manager } from '../partners.js';
import { primeroFields, type Story } from './story.js';

/** A case of ours that Primero knows: we correct the family name while Primero corrects the given name and raises the risk. */
export const bothChange: Story = async (world, child) => {
  const { primero } = world.partners;
  const { caseId, personId } = await world.open(child);
  await world.risk(caseId, 'low');
  await world.consent(caseId, 'CONSENT_SHARING', 'primero');
  await world.until('case in Primero', () => primero.state.cases.get(caseId));
  const ended = { ...child, given: `${child.given} o`, family: `${child.family}u` };
  const corrected = { name_first: ended.given, risk_level: 'high' };
  const renaming = world.rename(personId, { ...child, family: ended.family });
  world.act(() => primero.staff.changeCase(manager, caseId, corrected));
  await renaming;
  return {
    caseId,
    ours: { referrals: [] },
    primero: { id: caseId, transitions: [], rows: [], fields: { ...primeroFields(ended), risk_level: 'high' } },
    oscar: null,
  };
};
