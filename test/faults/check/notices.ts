import type { LoggedEvent } from './logged-event.js';

/** A notice owed for an event, as the outbox has it. */
export interface OutboxRow {
  readonly streamId: string;
  readonly version: number;
  readonly done: boolean;
}

/** A notice as one member of staff finds it. */
export interface InboxRow {
  readonly streamId: string;
  readonly version: number;
  readonly recipient: string;
}

export interface NoticeVerdict {
  /** Members of staff to be told of something, counted once for each escalation. */
  readonly owed: number;
  readonly told: number;
  readonly lost: readonly string[];
  /** Told twice, or told though not meant. */
  readonly doubled: readonly string[];
}

/** @param peopleFor who is to be told of an escalation, by the directory of the drill */
export function judgeNotices(
  events: readonly LoggedEvent[],
  outbox: readonly OutboxRow[],
  inbox: readonly InboxRow[],
  peopleFor: (raised: LoggedEvent) => readonly string[],
): NoticeVerdict {
  const done = new Set(outbox.filter((row) => row.done).map(noticeOf));
  const told = new Map<string, number>();
  for (const row of inbox) told.set(personOf(row, row.recipient), (told.get(personOf(row, row.recipient)) ?? 0) + 1);
  const raised = events.filter(({ type }) => type === 'EscalationRaised');
  const owed = new Set(raised.flatMap((event) => peopleFor(event).map((person) => personOf(event, person))));
  const unfinished = raised.map(noticeOf).filter((notice) => !done.has(notice));
  return {
    owed: owed.size,
    told: [...owed].filter((id) => told.has(id)).length,
    lost: [...[...owed].filter((id) => !told.has(id)), ...unfinished],
    doubled: [...told].filter(([id, times]) => times > 1 || !owed.has(id)).map(([id]) => id),
  };
}

interface Noticed {
  readonly streamId: string;
  readonly version: number;
}

const noticeOf = ({ streamId, version }: Noticed): string => `${streamId} version ${version}`;

const personOf = (notice: Noticed, person: string): string => `${noticeOf(notice)} for ${person}`;
