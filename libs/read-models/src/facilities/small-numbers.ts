/** Counts under five are never shown (GR-SMALL); none at all gives nobody away. */
const LEAST_SHOWN = 5;

/**
 * Counts as they may be shown. The total tells what the hidden ones come to: where that is one count alone, or would be
 * too small itself, the next smallest is hidden, too.
 */
export function shownCounts<Row extends { count: number }>(
  rows: readonly Row[],
): (Omit<Row, 'count'> & { count: number | null })[] {
  const isSmall = ({ count }: Row) => count > 0 && count < LEAST_SHOWN;
  const hidden = new Set(rows.filter(isSmall));
  const givesAway = () => hidden.size === 1 || sumOf([...hidden]) < LEAST_SHOWN;
  const others = rows.filter((row) => row.count >= LEAST_SHOWN).toSorted((a, b) => a.count - b.count);
  for (const next of hidden.size === 0 ? [] : others) {
    if (!givesAway()) break;
    hidden.add(next);
  }
  return rows.map((row) => ({ ...row, count: hidden.has(row) ? null : row.count }));
}

const sumOf = (rows: readonly { count: number }[]): number => rows.reduce((sum, { count }) => sum + count, 0);

/** A total as it may be shown. */
export function shownTotal(total: number): number | null {
  return total > 0 && total < LEAST_SHOWN ? null : total;
}
