/** One page of a list and where the next begins. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface PageRequest {
  limit: number;
  cursor?: string;
}

/** The cursor was not one of ours. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** The sort values of the last item shown; opaque to callers. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws InvalidCursor */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === length && values.every(isPlain)) return values;
  } catch {
    // Falls through: anything that is not our own JSON is refused alike.
  }
  throw new InvalidCursor('cursor');
}

/** Cuts the one row too many that was asked for to learn whether there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  item: (row: Row) => Item,
  position: (row: Row) => readonly (string | number)[],
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    next: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null,
  };
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
