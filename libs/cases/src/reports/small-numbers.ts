/** Published counts under this could give a child away (GR-SMALL). */
export const leastShown = 5;

/** A number of a published table. */
export interface Cell {
  count: number;
  /** Told to nobody, but what readers can work out of it counts like what they read. */
  hidden?: boolean;
}

/** A number and the numbers that add up to it. */
export interface Line {
  total: string;
  parts: readonly string[];
}

/** Zero gives nobody away; one to four might. */
export const isSmall = (count: number): boolean => count > 0 && count < leastShown;

/**
 * Which cells are not to be shown: the small ones, and as many others as it takes that no small one can be worked out
 * from what is left (secondary suppression). The lines must not form a circle, as in a tree of totals: then what a
 * reader can work out is found by looking at one line after the other.
 *
 * @returns the keys of the cells to leave out
 */
export function suppressed(cells: ReadonlyMap<string, Cell>, lines: readonly Line[]): Set<string> {
  const left = new Set([...cells].filter(([, { count }]) => isSmall(count)).map(([key]) => key));
  for (;;) {
    const bounds = whatReadersKnow(cells, lines, left);
    const pinned = [...bounds].find(([key, { least, most }]) => least === most && isSmall(cells.get(key)?.count ?? 0));
    const next = pinned && alsoToHide(pinned[0], cells, lines, left);
    if (next === undefined) return left;
    left.add(next);
  }
}

/** Of the cells that stand in a line with one that would be found out, the smallest that is still shown. */
function alsoToHide(
  key: string,
  cells: ReadonlyMap<string, Cell>,
  lines: readonly Line[],
  left: ReadonlySet<string>,
): string | undefined {
  const beside = lines.filter(({ total, parts }) => total === key || parts.includes(key));
  const shown = (keys: readonly string[]): string[] =>
    keys
      .filter((each) => !left.has(each) && cells.get(each)?.hidden !== true && (cells.get(each)?.count ?? 0) > 0)
      .toSorted((one, other) => (cells.get(one)?.count ?? 0) - (cells.get(other)?.count ?? 0));
  return shown(beside.flatMap(({ parts }) => parts))[0] ?? shown(beside.map(({ total }) => total))[0];
}

interface Bounds {
  least: number;
  most: number;
}

/** What readers can say of every cell that is not shown: at least this many, at most that many. */
function whatReadersKnow(
  cells: ReadonlyMap<string, Cell>,
  lines: readonly Line[],
  left: ReadonlySet<string>,
): Map<string, Bounds> {
  const known = new Map<string, Bounds>();
  for (const [key, { count, hidden }] of cells) {
    if (hidden === true) known.set(key, { least: 0, most: Infinity });
    else if (left.has(key)) known.set(key, { least: 1, most: Infinity });
    else known.set(key, { least: count, most: count });
  }
  for (let changed = true; changed;) {
    changed = lines.map((line) => narrow(line, known)).some(Boolean);
  }
  return known;
}

/** Draws from one line what follows for each of its cells. @returns whether anything was learnt */
function narrow({ total, parts }: Line, known: Map<string, Bounds>): boolean {
  const of = (key: string): Bounds => known.get(key) ?? { least: 0, most: 0 };
  const sum = (keys: readonly string[], end: keyof Bounds): number => keys.reduce((all, key) => all + of(key)[end], 0);
  const learnt = [tighten(total, { least: sum(parts, 'least'), most: sum(parts, 'most') }, known)];
  for (const part of parts) {
    const others = parts.filter((each) => each !== part);
    const least = of(total).least - sum(others, 'most');
    const most = of(total).most - sum(others, 'least');
    learnt.push(tighten(part, { least, most }, known));
  }
  return learnt.some(Boolean);
}

function tighten(key: string, { least, most }: Bounds, known: Map<string, Bounds>): boolean {
  const before = known.get(key);
  if (before === undefined) return false;
  const after = { least: Math.max(before.least, least), most: Math.min(before.most, most) };
  known.set(key, after);
  return after.least !== before.least || after.most !== before.most;
}
