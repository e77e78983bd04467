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
  /** Rungs reached, by their number in the ladder. */
  rungs: Record<string, number>;
  /** Rungs from the due time on, each of which told somebody. */
  escalations: number;
  /** The longest that anybody waited past a due time, in days, until what was due was done. */
  longestWaitDays: number;
}

type Deadlines = {
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
};

const nothing = (): Tally => ({
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
  rungs: {},
  escalations: 0,
  longestWaitDays: 0,
});

export function tallyOf({ pathway, commits, endsAt, ended }: Life): Tally {
  const tally = { ...nothing(), cases: { [pathway]: 1 }, ended: ended ? 1 : 0, commands: commits.length };
  const due = new Map<string, string>();
  for (const event of commits.flatMap(({ events }) => events)) {
    tally.events += 1;
    countEvent(tally, event, due);
  }
  const overdue = [...due.values()].filter((dueAt) => dueAt < endsAt).length;
  tally.deadlines.overdue += overdue;
  tally.deadlines.missed += overdue;
  return tally;
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (one, other) => ({
      cases: sumOf(one.cases, other.cases),
      ended: one.ended + other.ended,
      commands: one.commands + other.commands,
      events: one.events + other.events,
      deadlines: sumOf(one.deadlines, other.deadlines),
      rungs: sumOf(one.rungs, other.rungs),
      escalations: one.escalations + other.escalations,
      longestWaitDays: Math.max(one.longestWaitDays, other.longestWaitDays),
    }),
    nothing(),
  );
}

function sumOf<Counts extends Record<string, number>>(one: Counts, other: Counts): Counts {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)])) as Counts;
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
      tally.rungs[data.rung] = (tally.rungs[data.rung] ?? 0) + 1;
      return;
    case 'EscalationRaised':
      tally.escalations += data.overdue ? 1 : 0;
      return;
    default:
      return;
  }
}
