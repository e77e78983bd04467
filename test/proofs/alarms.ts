import { milliseconds, type Instant } from '#libs/calendar';
import type { CaseEvent } from '#libs/cases';
import { waitingRungs } from '#libs/deadlines';
import { system, type Rehearsal } from '#libs/demonstration';
import type { Reached } from './ladders.js';

/** Rings for a deadline, at whatever moments, until its ladder is climbed. @returns what the ringing made happen */
export type Alarm = (rehearsal: Rehearsal, deadline: string) => CaseEvent[];

const ROUND = 31 * 3_600_000;

/** Each rung at its very moment, and again right away, as by a job that is run twice. */
const wakeUps: Alarm = (rehearsal, deadline) => {
  const events: CaseEvent[] = [];
  for (let next = nextRung(rehearsal, deadline); next !== undefined; next = nextRung(rehearsal, deadline)) {
    events.push(...ring(rehearsal, deadline, next), ...ring(rehearsal, deadline, next));
  }
  return events;
};

/** Every 31 hours, whatever has come due meanwhile; of the rounds that find nothing only the last is made. */
const sweep: Alarm = (rehearsal, deadline) => {
  const events: CaseEvent[] = [];
  for (let next = nextRung(rehearsal, deadline); next !== undefined; next = nextRung(rehearsal, deadline)) {
    const { before, after } = roundsAround(next, rehearsal.now);
    events.push(...ring(rehearsal, deadline, before), ...ring(rehearsal, deadline, after));
  }
  return events;
};

/** Wake-ups, and rounds of the sweep in between that come before, after and at the same moment. */
const both: Alarm = (rehearsal, deadline) => {
  const events: CaseEvent[] = [];
  for (let next = nextRung(rehearsal, deadline); next !== undefined; next = nextRung(rehearsal, deadline)) {
    const { before, after } = roundsAround(next, rehearsal.now);
    for (const moment of [before, next, next, after]) events.push(...ring(rehearsal, deadline, moment));
  }
  return events;
};

function roundsAround(rung: Instant, from: Instant): { before: Instant; after: Instant } {
  const rounds = Math.max(Math.ceil(milliseconds(from, rung) / ROUND), 1);
  const round = (number: number) => new Date(Date.parse(from) + number * ROUND).toISOString();
  return { before: round(rounds - 1), after: round(rounds) };
}

export const alarms: Record<'wake-ups' | 'the sweep' | 'both', Alarm> = {
  'wake-ups': wakeUps,
  'the sweep': sweep,
  both,
};

/** What the program does when it is told that a deadline's time has come, which may not be so. */
export function ring(rehearsal: Rehearsal, deadline: string, now: Instant): CaseEvent[] {
  rehearsal.now = now;
  const outcome = rehearsal.propose(system, 'ReachRungs', { deadline });
  return outcome.ok ? outcome.events : [];
}

/** The rungs of a deadline that were reached, and those of which somebody was told, from the lowest on. */
export function climbed(events: readonly CaseEvent[], deadline: string): { reached: Reached[]; told: Reached[] } {
  const of = (type: 'RungReached' | 'EscalationRaised') =>
    events
      .flatMap((event) =>
        event.type === type && event.data.deadline === deadline
          ? [{ rung: event.data.rung, at: event.occurredAt }]
          : [],
      )
      .sort((one, other) => one.rung - other.rung);
  return { reached: of('RungReached'), told: of('EscalationRaised') };
}

function nextRung({ state }: Rehearsal, deadline: string): Instant | undefined {
  return waitingRungs('case', state).find((waiting) => waiting.deadline === deadline)?.rungAt;
}
