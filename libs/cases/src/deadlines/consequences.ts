import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import { viewOf, type DecideContext, type View } from '../context.js';
import { evolve } from '../evolve.js';
import type { CancelReason, CaseEvent } from '../events.js';
import type { CaseState, DeadlineStatus, KnownCase } from '../state.js';
import { armed, type Start } from './arm.js';
import { deadlineDefinitions } from './definitions.js';
import { inputsOf, occurrencesOf } from './due.js';
import { hitBy, stopMoment, type Happening, type Hit } from './triggers.js';

/** Folds events one after the other and adds what each means for the deadlines: met, armed, moved, cancelled. */
export function withDeadlines(events: readonly CaseEvent[], state: CaseState, context: DecideContext): CaseEvent[] {
  const run: Run = { events: [], state, context };
  for (const event of events) add(run, event);
  return run.events;
}

/** The events decided so far and the case as they leave it. */
interface Run {
  readonly events: CaseEvent[];
  readonly context: DecideContext;
  state: CaseState;
}

function add(run: Run, event: CaseEvent): void {
  push(run, event);
  if (run.state.status === 'none') return;
  const happening = { event, after: run.state, context: run.context };
  const definitions = deadlineDefinitions(run.state, run.context);
  for (const [id, definition] of definitions) {
    stop(run, id, definition, happening);
    renew(run, id, definition, happening);
    lapse(run, id, definition, happening);
  }
  for (const [id, definition] of definitions) start(run, id, definition, happening);
  for (const [id, definition] of definitions) recompute(run, id, definition, event);
  if (event.type === 'TransitionTaken') end(run, event.data.to, definitions);
}

function push(run: Run, event: CaseEvent): void {
  run.events.push(event);
  run.state = evolve(run.state, { event, by: run.context.actor.id, recordedAt: run.context.now });
}

/** The step ends the duty: what is open is met; occurrences of a schedule that had not begun are not owed any more. */
function stop(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  const hit = hitBy(definition.stop, happening);
  if (hit === undefined) return;
  const metAt = stopMoment(happening.event, hit.at, run.context.calendar.zone);
  for (const deadline of concerned(run, id, definition, hit)) {
    if (deadline.occurrence > 1 && metAt <= deadline.windowFrom) cancel(run, deadline, 'no_duty');
    else push(run, met(deadline, metAt, run.context));
  }
}

/**
 * A contact or report meets what it was owed for: it must have taken place since the clock began to run, or since the
 * occurrence before was due. On a schedule all occurrences are armed already; otherwise the next one begins now.
 */
function renew(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  const hit = hitBy(definition.renew ?? [], happening);
  if (hit === undefined) return;
  const metAt = stopMoment(happening.event, hit.at, run.context.calendar.zone);
  const owed = concerned(run, id, definition, hit).filter(({ windowFrom }) => metAt > windowFrom);
  for (const deadline of owed) push(run, met(deadline, metAt, run.context));
  const [first] = owed;
  if (first !== undefined && !isScheduled(definition)) {
    arm(run, { id, definition, at: hit.at, subject: first.subject });
  }
}

/** What the deadline waited for is not due any more: it ends without being met. */
function lapse(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  const hit = hitBy(definition.cancel ?? [], happening);
  if (hit === undefined) return;
  for (const deadline of concerned(run, id, definition, hit)) cancel(run, deadline, 'no_duty');
}

function concerned(run: Run, id: string, definition: DeadlineDefinition, { subject }: Hit): DeadlineStatus[] {
  return open(run, id).filter((deadline) => !hasSubject(definition) || deadline.subject === subject);
}

function start(run: Run, id: string, definition: DeadlineDefinition, happening: Happening): void {
  const hit = hitBy(definition.start, happening);
  if (hit === undefined) return;
  const subject = hasSubject(definition) ? hit.subject : undefined;
  for (const deadline of open(run, id).filter((each) => each.subject === subject)) cancel(run, deadline, 'restarted');
  arm(run, { id, definition, at: hit.at, subject });
}

/** Risk, age, class or liberty changed: the due time is worked out again from the same start (pathways 1.3). */
function recompute(run: Run, id: string, definition: DeadlineDefinition, event: CaseEvent): void {
  const changed = changedBy(event);
  if (!changed.some((input) => inputsOf(definition).has(input))) return;
  for (const deadline of open(run, id).filter((each) => !each.extended)) {
    const from: Start = { id, definition, at: deadline.startedAt, subject: deadline.subject };
    const next = occurrencesOf(definition, from.at, viewFor(run, from)).find(
      ({ occurrence }) => occurrence === deadline.occurrence,
    );
    if (next?.dueAt === deadline.dueAt) continue;
    cancel(run, deadline, next === undefined ? 'no_duty' : 'recomputed');
    if (next !== undefined) arm(run, from, deadline);
  }
}

function end(run: Run, entered: string, definitions: [string, DeadlineDefinition][]): void {
  const { enrolment } = known(run);
  const state = enrolment && run.context.pathway(enrolment.pathway)?.definition.states[entered];
  if (state?.terminal !== true) return;
  for (const [id, definition] of definitions) {
    if (definition.outlivesCase === true) continue;
    for (const deadline of open(run, id)) cancel(run, deadline, 'case_ended');
  }
}

function arm(run: Run, from: Start, replaces?: DeadlineStatus): void {
  for (const event of armed(from, viewFor(run, from), replaces)) push(run, event);
}

function cancel(run: Run, { deadline, definition }: DeadlineStatus, because: CancelReason): void {
  push(run, {
    type: 'DeadlineCancelled',
    occurredAt: run.context.now,
    precision: 'moment',
    data: { deadline, definition, because },
  });
}

function open(run: Run, id: string): DeadlineStatus[] {
  return Object.values(known(run).deadlines).filter(
    (deadline) => deadline.definition === id && deadline.status === 'armed',
  );
}

function viewFor(run: Run, { subject, at }: Start): View {
  return viewOf(known(run), run.context, later(at, run.context.now), {
    referral: subject === undefined ? undefined : known(run).referrals[subject],
  });
}

function known(run: Run): KnownCase {
  if (run.state.status === 'none') throw new TypeError('no case yet');
  return run.state;
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

function hasSubject({ subject }: DeadlineDefinition): boolean {
  return subject === 'referral' || subject === 'exception';
}

function isScheduled({ due }: DeadlineDefinition): boolean {
  return due.some((rule) => 'schedule' in rule);
}

function changedBy(event: CaseEvent): string[] {
  switch (event.type) {
    case 'RiskLevelSet':
      return ['risk'];
    case 'TrackMoved':
      return [`track:${event.data.track}`];
    case 'FactsRecorded':
      return Object.keys(event.data.facts).map((name) => `fact:${name}`);
    default:
      return [];
  }
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
