/** One event as it stands in the log, without what is sealed. */
export interface LoggedEvent {
  readonly streamId: string;
  readonly version: number;
  readonly commandId: string;
  /** 0 for the first event of a command. */
  readonly commandOrd: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
}

export function groupBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
