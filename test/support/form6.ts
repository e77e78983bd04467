import { loadPathways } from '#libs/pathway-files';

const parts = loadPathways().current('C_REINTEGRATION').definition.scores['FORM6']?.parts ?? {};

/** The points of a final assessment (Form 6) that add up to these totals, spread as evenly as can be. */
export function form6(totals: Readonly<Record<string, number>>): Record<string, Record<string, number>> {
  return Object.fromEntries(Object.entries(totals).map(([part, total]) => [part, pointsOf(part, total)]));
}

function pointsOf(part: string, total: number): Record<string, number> {
  const items = Object.keys(parts[part]?.items ?? {});
  const [least, rest] = [Math.floor(total / items.length), total % items.length];
  return Object.fromEntries(items.map((item, index) => [item, least + (index < rest ? 1 : 0)]));
}
