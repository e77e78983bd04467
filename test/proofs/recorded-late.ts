import { plus } from '#libs/calendar';
import type { CaseCommandType, CaseEvent, DeadlineStatus, Outcome } from '#libs/cases';
import type { Rehearsal, Request } from '#libs/demonstration';
import type { Trigger } from '#libs/pathways';
import { ring } from './alarms.js';
import type { ArmedDeadline } from './armed-deadlines.js';
import { bringAbout } from './bring-about.js';

/** Whoever does what is due takes now less, now more time for it. */
const TRIES = 12;

/** What was done in time and written down five days after the due time, with what the program said in between. */
export interface RecordedLate extends ArmedDeadline {
  /** What the program answered to what was written down late. */
  outcome: Outcome;
  /** Told when the due time had passed, because nobody knew yet. */
  told: CaseEvent[];
}

/**
 * Does what ends the deadline before it is due, and records the last thing that it took only afterwards.
 *
 * @returns nothing when nobody can do it in time
 */
export function recordLate(armed: ArmedDeadline): RecordedLate | undefined {
  const { definition, deadline, rehearsal } = armed;
  for (const trigger of [...definition.stop, ...(definition.renew ?? [])]) {
    const requests = doneInTime(rehearsal, trigger, deadline.deadline);
    const last = requests?.at(-1);
    if (requests === undefined || last === undefined) continue;
    const late = rehearsal.copy('recorded late');
    for (const request of requests.slice(0, -1)) askAgain(late, request);
    const due = latestOf(deadline.deadline, late);
    const told = ring(late, due.deadline, plus(due.dueAt, 'P4D', 'UTC'));
    late.now = plus(due.dueAt, 'P5D', 'UTC');
    return { ...armed, rehearsal: late, outcome: askAgain(late, last, late.now), told };
  }
  return undefined;
}

function doneInTime(armed: Rehearsal, trigger: Trigger, deadline: string): Request[] | undefined {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const rehearsal = armed.copy(`in time ${tries}`);
    if (!rehearsal.attempt(() => bringAbout(rehearsal, trigger))) continue;
    const requests = untilMet(armed.copy('again'), rehearsal.requests.slice(armed.requests.length), deadline);
    if (requests !== undefined) return requests;
  }
  return undefined;
}

/** What was asked for up to and with what met the deadline; nothing when that was too late or never. */
function untilMet(rehearsal: Rehearsal, requests: readonly Request[], deadline: string): Request[] | undefined {
  for (const [index, request] of requests.entries()) {
    askAgain(rehearsal, request);
    const { status, inTime } = latestOf(deadline, rehearsal);
    if (status === 'met') return inTime === true ? requests.slice(0, index + 1) : undefined;
  }
  return undefined;
}

/** The deadline, or what took its place when its due time moved. */
export function latestOf(deadline: string, { state }: Pick<Rehearsal, 'state'>): DeadlineStatus {
  const next = Object.values(state.deadlines).find(({ replaces }) => replaces === deadline);
  return next === undefined ? (state.deadlines[deadline] as DeadlineStatus) : latestOf(next.deadline, { state });
}

function askAgain(rehearsal: Rehearsal, { at, actor, command }: Request, now = at): Outcome {
  rehearsal.now = now;
  return rehearsal.propose<CaseCommandType>(actor, command.type, command.data, command.occurredAt);
}
