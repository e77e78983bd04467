import type { Story } from './story.js';

/** Nobody was asked whether any of it may leave: nothing does. */
export const neverConsented: Story = async (world, child) => {
  const { caseId, personId } = await world.open(child);
  await world.risk(caseId, 'medium');
  await world.rename(personId, { ...child, family: `${child.family}i` });
  return { caseId, ours: { referrals: [] }, primero: null, oscar: null };
};
