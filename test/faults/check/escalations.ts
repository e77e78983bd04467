import type { CaseEventData } from '#libs/cases';

import type { LoggedEvent } from './logged-event.js';

/** A row of the table of escalations. */
export interface EscalationRow {
  readonly streamId: string;
  readonly deadline: string;
  readonly rung: number;
}

export interface EscalationVerdict {
  /** Rungs whose time has passed while their deadline was armed. */
  readonly due: number;
  /** Those of them that were reached. */
  readonly raised: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Reached before their time, or not on the ladder at all. */
  readonly unfounded: readonly string[];
}

interface OwedRung {
  readonly id: string;
  readonly at: number;
  /** Whether the deadline was met or cancelled at some time: it need not have come to this rung. */
  readonly ended: boolean;
}

/** @param until moment (milliseconds) up to which the worker had the time to do its work */
export function judgeEscalations(
  events: readonly LoggedEvent[],
  rows: readonly EscalationRow[],
  until: number,
): EscalationVerdict {
  const owed = owedRungs(events);
  const counts = [
    count(ofType(events, 'RungReached').map(rungOf)),
    count(ofType(events, 'EscalationRaised').map(rungOf)),
    count(rows.map((row) => rungId(row.streamId, row.deadline, row.rung))),
  ];
  const times = (id: string) => counts.map((each) => each.get(id) ?? 0);
  const due = owed.filter(({ id, at, ended }) => at <= until && (!ended || times(id).some((found) => found > 0)));
  const ids = new Set(counts.flatMap((each) => [...each.keys()]));
  return {
    due: due.length,
    raised: due.filter(({ id }) => times(id).every((found) => found > 0)).length,
    lost: due.filter(({ id }) => times(id).some((found) => found === 0)).map(({ id }) => id),
    doubled: [...ids].filter((id) => times(id).some((found) => found > 1)),
    unfounded: unfounded(events, owed),
  };
}

function owedRungs(events: readonly LoggedEvent[]): OwedRung[] {
  const ended = new Set(
    [...ofType(events, 'DeadlineMet'), ...ofType(events, 'DeadlineCancelled')].map(
      ({ streamId, data }) => `${streamId} ${String(data['deadline'])}`,
    ),
  );
  return ofType(events, 'DeadlineArmed').flatMap(({ streamId, data }) => {
    const { deadline, rungs, reachedBefore } = data as unknown as CaseEventData['DeadlineArmed'];
    return rungs
      .filter(({ rung }) => !reachedBefore.includes(rung))
      .map(({ rung, at }) => ({
        id: rungId(streamId, deadline, rung),
        at: Date.parse(at),
        ended: ended.has(`${streamId} ${deadline}`),
      }));
  });
}

function unfounded(events: readonly LoggedEvent[], owed: readonly OwedRung[]): string[] {
  const moments = new Map(owed.map(({ id, at }) => [id, at]));
  return ofType(events, 'RungReached', 'EscalationRaised')
    .filter((event) => (moments.get(rungOf(event)) ?? Infinity) > event.recordedAt)
    .map(rungOf);
}

const ofType = (events: readonly LoggedEvent[], ...types: string[]): LoggedEvent[] =>
  events.filter(({ type }) => types.includes(type));

const rungId = (streamId: string, deadline: string, rung: number): string => `${streamId} ${deadline} rung ${rung}`;

const rungOf = ({ streamId, data }: LoggedEvent): string =>
  rungId(streamId, String(data['deadline']), Number(data['rung']));

function count(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
