import { milliseconds } from '#libs/calendar';
import type { CaseEvent } from '#libs/cases';
import type { Life } from './people/life.js';

/** What happened in all cases together. */
export interface Tally {
  cases: Record<string, number>;
  /** Cases that had ended when the simulation did. */
  ended: number;
  commands: number;
  events: number;
  deadlines: Deadlines;
  rungs: number;
  /** Rungs reached by the number of the rung, from 0. */
  rungsByNumber: number[];
  /** The longest that anybody waited past a due time, in days, until what was due was done. */
  longestWaitDays: number;
}

interface Deadlines {
  armed: number;
  /** By its due time, as it happened. */
  metInTime: number;
  /** Of these, recorded when the due time had passed. */
  recordedLate: number;
  metLate: number;
  cancelled: number;
  paused: number;
  extended: number;
  /** Past their due time when the simulation ended. */
  overdue: number;
  /** Neither met nor cancelled by their due time, whatever came of them. */
  missed: number;
}

export const newTally = (): Tally => ({
  cases: {},
  ended: 0,
  commands: 0,
  events: 0,
  deadlines: {
    armed: 0,
    metInTime: 0,
    recordedLate: 0,
    metLate: 0,
    cancelled: 0,
    paused: 0,
    extended: 0,
    overdue: 0,
    missed: 0,
  },
  rungs: 0,
  rungsByNumber: [],
  longestWaitDays: 0,
});

/** Adds one case. */
export function count(tally: Tally, { pathway, commits, endsAt, ended }: Life): void {
  tally.cases[pathway] = (tally.cases[pathway] ?? 0) + 1;
  tally.ended += ended ? 1 : 0;
  tally.commands += commits.length;
  const due = new Map<string, string>();
  for (const event of commits.flatMap(({ events }) => events)) {
    tally.events += 1;
    countEvent(tally, event, due);
  }
  const overdue = [...due.values()].filter((dueAt) => dueAt < endsAt).length;
  tally.deadlines.overdue += overdue;
  tally.deadlines.missed += overdue;
}

/** @param due when each deadline that runs is due */
function countEvent(tally: Tally, { type, data, occurredAt }: CaseEvent, due: Map<string, string>): void {
  const { deadlines } = tally;
  switch (type) {
    case 'DeadlineArmed':
      deadlines.armed += 1;
      due.set(data.deadline, data.dueAt);
      return;
    case 'DeadlineMet': {
      const lateBy = milliseconds(due.get(data.deadline) ?? data.metAt, data.metAt) / 86_400_000;
      deadlines[data.inTime ? 'metInTime' : 'metLate'] += 1;
      deadlines.recordedLate += data.recordedLate ? 1 : 0;
      deadlines.missed += data.inTime ? 0 : 1;
      tally.longestWaitDays = Math.max(tally.longestWaitDays, Math.round(lateBy));
      due.delete(data.deadline);
      return;
    }
    case 'DeadlineCancelled':
      deadlines.cancelled += 1;
      deadlines.missed += (due.get(data.deadline) ?? occurredAt) < occurredAt ? 1 : 0;
      due.delete(data.deadline);
      return;
    case 'DeadlinePaused':
      deadlines.paused += 1;
      return;
    case 'DeadlineExtended':
      deadlines.extended += 1;
      return;
    case 'RungReached':
      tally.rungs += 1;
      tally.rungsByNumber[data.rung] = (tally.rungsByNumber[data.rung] ?? 0) + 1;
      return;
    default:
      return;
  }
}
