import { between, type Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import type { CaseState, DeadlineStatus } from '../state.js';
import { deadlineDefinitions } from './definitions.js';
import { alertsOf } from '../alerts/alerts.js';
import { openings } from '../tracks/openings.js';
import { isScheduled } from './due.js';
import { recompute } from './recompute.js';
import { awaited, begin, cancel, dismiss, known, open, push, startOf, type Run } from './run.js';
import { hitBy, subjectIn, type Happening, type Hit } from './triggers.js';

/** Folds events one after the other and adds what each means for the deadlines: met, armed, moved, cancelled. */
export function withDeadlines(events: readonly CaseEvent[], state: CaseState, context: DecideContext): CaseEvent[] {
  const run: Run = { events: [], state, context };
  for (const event of events) add(run, event);
  return run.events;
}

/** What an event ends comes before what it starts, so that one event can do both: a clock that is restarted is not met. */
function add(run: Run, event: CaseEvent): void {
  push(run, event);
  if (run.state.status === 'none') return;
  const happening = { event, after: run.state, context: run.context };
  const definitions = deadlineDefinitions(run.state, run.context);
  for (const [id, definition] of definitions) stop(run, id, definition, happening);
  for (const [id, definition] of definitions) start(run, id, definition, happening);
  for (const [id, definition] of definitions) recompute(run, id, definition, event);
  if (event.type === 'TransitionTaken') end(run, event.data.to, definitions);
  for (const opened of openings(happening)) add(run, opened);
  for (const raised of alertsOf({ ...happening, after: known(run) })) push(run, raised);
}

function stop(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  const stopped = hitBy(definition.stop, happening);
  if (stopped !== undefined) return meetAll(run, id, definition, stopped, happening);
  const renewed = hitBy(definition.renew ?? [], happening);
  if (renewed !== undefined) renew(run, id, definition, renewed, happening);
  if (hitBy(definition.cancel ?? [], happening) !== undefined) giveUp(run, id, definition, happening);
}

/** A stop ends every occurrence; those of a schedule whose time had not come yet were neither met nor missed. */
function meetAll(run: Run, id: string, definition: DeadlineDefinition, { latest }: Hit, happening: Happening): void {
  for (const deadline of concerned(open(run, id), definition, happening)) {
    if (isScheduled(definition) && !hasBegun(deadline, latest)) cancel(run, deadline, 'no_duty');
    else push(run, met(deadline, latest, run.context));
  }
  for (const waiting of concerned(awaited(run, id), definition, happening)) dismiss(run, waiting);
}

function renew(run: Run, id: string, definition: DeadlineDefinition, { at, latest }: Hit, happening: Happening): void {
  const begun = concerned(open(run, id), definition, happening).filter((each) => hasBegun(each, latest));
  const running = isScheduled(definition) ? answered(begun, latest) : begun;
  for (const deadline of running) push(run, met(deadline, latest, run.context));
  if (isScheduled(definition)) return;
  for (const each of [...running, ...concerned(awaited(run, id), definition, happening)]) {
    // What happened before the clock ran (recorded late) does not make the next occurrence due earlier.
    const startedAt = at > each.startedAt ? at : each.startedAt;
    begin(run, startOf(id, definition, { ...each, startedAt, occurrence: each.occurrence + 1 }));
  }
}

/**
 * What comes late makes good every occurrence that was missed. It counts for the coming one, too, only when it is nearer
 * to that one's due time than to the missed one's: a visit of month 6 that is some days late is not the visit of month 9.
 */
function answered(begun: DeadlineStatus[], at: Instant): DeadlineStatus[] {
  const missed = begun.filter(({ dueAt }) => dueAt < at);
  if (missed.length === 0) return begun;
  return begun.filter(({ windowFrom, dueAt }) => dueAt < at || between(windowFrom, dueAt, 0.5) <= at);
}

function giveUp(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  for (const deadline of concerned(open(run, id), definition, happening)) cancel(run, deadline, 'no_duty');
  for (const waiting of concerned(awaited(run, id), definition, happening)) dismiss(run, waiting);
}

function start(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  const hit = hitBy(definition.start, happening);
  if (hit === undefined) return;
  const subject = subjectIn(definition, happening);
  for (const deadline of open(run, id).filter((each) => each.subject === subject)) cancel(run, deadline, 'restarted');
  begin(run, { id, definition, at: hit.at, subject, occurrence: 1 });
}

function end(run: Run, entered: string, definitions: [string, DeadlineDefinition][]): void {
  const { enrolment } = known(run);
  const state = enrolment && run.context.pathway(enrolment.pathway)?.definition.states[entered];
  if (state?.terminal !== true) return;
  for (const [id, definition] of definitions) {
    if (definition.outlivesCase === true) continue;
    for (const deadline of open(run, id)) cancel(run, deadline, 'case_ended');
    for (const waiting of awaited(run, id)) dismiss(run, waiting);
  }
}

/**
 * An event about one referral, exception or review ends the deadlines of that one; an event about none ends them all. A
 * decision ends those of the decisions at its gate that it takes the place of.
 */
function concerned<T extends { subject?: string | undefined }>(
  all: T[],
  definition: DeadlineDefinition,
  happening: Happening,
): T[] {
  if (definition.subject === 'case' || definition.subject === 'facility') return all;
  if (definition.subject === 'decision') return all.filter(({ subject }) => isAboutDecision(subject, happening));
  const subject = subjectIn(definition, happening);
  if (subject === undefined) return all;
  return all.filter((each) => each.subject === subject || isReplacedBy(each.subject, subject, happening));
}

/** Nothing says which decision a notice belongs to, so it answers for every decision so far. */
function isAboutDecision(subject: string | undefined, { event, after }: Happening): boolean {
  if (event.type === 'ReviewFiled') return event.data.decisionId === subject;
  if (event.type !== 'DecisionRecorded') return true;
  return after.decisions.some(({ decisionId, gate }) => decisionId === subject && gate === event.data.gate);
}

/** A rejected referral can't be sent again: the search ends when one for the same service goes to somebody else. */
function isReplacedBy(earlier: string | undefined, sent: string, { event, after }: Happening): boolean {
  const before = earlier === undefined ? undefined : after.referrals[earlier];
  return (
    event.type === 'ReferralSent' &&
    before?.state === 'REJECTED' &&
    before.service.code === after.referrals[sent]?.service.code
  );
}

function met({ deadline, definition, dueAt }: DeadlineStatus, metAt: Instant, context: DecideContext): CaseEvent {
  const inTime = metAt <= dueAt;
  return {
    type: 'DeadlineMet',
    occurredAt: metAt,
    precision: 'moment',
    data: { deadline, definition, metAt, inTime, recordedLate: inTime && context.now > dueAt },
  };
}

/** An occurrence is met only by what happened in its own window; the first window has no beginning. */
function hasBegun({ occurrence, windowFrom }: DeadlineStatus, metAt: Instant): boolean {
  return occurrence === 1 || metAt > windowFrom;
}
