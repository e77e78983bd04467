import { suppressed, type Cell, type Line } from '#libs/cases';
import type { Text } from '#libs/pathways';

/** A published number; null where it is so small, or would tell so small a one, that a child could be recognised. */
export type Published = number | null;

/** Every published report says in words what it counts. */
export interface Defined {
  meaning: Text;
}

/** Where nobody knows the place or the reason; always shown, never left out. */
export const UNKNOWN = 'unknown';

/** Numbers that add up, as they may be shown (GR-SMALL). */
export class PublishedTable {
  readonly #cells = new Map<string, Cell>();
  readonly #lines: Line[] = [];

  add(key: string, count: number): void {
    this.#cells.set(key, { count });
  }

  /** A number that is told to nobody, but that readers could work out. */
  hide(key: string, count: number): void {
    this.#cells.set(key, { count, hidden: true });
  }

  /** Says that the parts add up to the total. */
  line(total: string, parts: readonly string[]): void {
    this.#lines.push({ total, parts });
  }

  /** What may be shown of each number. */
  publish(): (key: string) => Published {
    const left = suppressed(this.#cells, this.#lines);
    return (key) => (left.has(key) ? null : (this.#cells.get(key)?.count ?? 0));
  }
}

/** A share of two published numbers, to a tenth of a percent; null where either is not shown. */
export function shareOf(part: Published, whole: Published): Published {
  return part === null || whole === null || whole === 0 ? null : Math.round((part / whole) * 1_000) / 1_000;
}
