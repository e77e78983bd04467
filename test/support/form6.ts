import { loadPathways } from '#libs/pathway-files';

const parts = loadPathways().current('C_REINTEGRATION').definition.scores['FORM6']?.parts ?? {};

type Points = Record<string, number>;

/**
 * The points of a final assessment (Form 6) that add up to these totals, spread as evenly as can be.
 *
 * @param fixed items whose points are given; the others share what is left
 */
export function form6(totals: Readonly<Points>, fixed: Readonly<Record<string, Points>> = {}): Record<string, Points> {
  return Object.fromEntries(
    Object.entries(totals).map(([part, total]) => [part, pointsOf(part, total, fixed[part] ?? {})]),
  );
}

function pointsOf(part: string, total: number, fixed: Points): Points {
  const items = Object.keys(parts[part]?.items ?? {}).filter((item) => fixed[item] === undefined);
  const left = Object.values(fixed).reduce((sum, points) => sum - points, total);
  const [least, rest] = [Math.floor(left / items.length), left % items.length];
  return { ...fixed, ...Object.fromEntries(items.map((item, index) => [item, least + (index < rest ? 1 : 0)])) };
}
