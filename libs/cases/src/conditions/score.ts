import type { ScoreDefinition } from '#libs/pathways';

/**
 * A closing score is met when every part reaches its total, no item of a part is below the part's least (items that the
 * definition exempts aside), and the parts together reach the overall line (MoSVY Form 6; pathways C.6).
 */
export function scoreIsMet(score: ScoreDefinition, given: Record<string, Record<string, number>> | undefined): boolean {
  if (given === undefined) return false;
  const totals = Object.entries(score.parts).map(([part, { total, least, exempt = [] }]) => {
    const points = given[part] ?? {};
    const sum = Object.values(points).reduce((total, value) => total + value, 0);
    const weak = Object.entries(points).some(([item, value]) => value < least && !exempt.includes(item));
    return { sum, met: given[part] !== undefined && sum >= total && !weak };
  });
  return totals.every(({ met }) => met) && totals.reduce((sum, part) => sum + part.sum, 0) >= score.overall;
}
