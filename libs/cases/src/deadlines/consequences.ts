import { between, type Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import type { DeadlineContext } from '../context.js';
import type { CancelReason, DeadlineEvent } from '../events.js';
import type { DeadlineStatus } from '../state.js';
import type { Carrier, Happening, Kind, Unborn } from './carrier.js';
import { isScheduled } from './due.js';
import { recompute } from './recompute.js';
import { awaited, begin, bookOf, cancel, dismiss, open, push, startOf, type Run } from './run.js';
import { hitBy, type Hit } from './triggers.js';

/** Folds events one after the other and adds what each means for the deadlines: met, armed, moved, cancelled. */
export function withDeadlines<K extends Kind>(
  carrier: Carrier<K>,
  events: readonly K['event'][],
  book: K['book'] | Unborn,
  context: K['context'],
): (K['event'] | DeadlineEvent)[] {
  const run: Run<K> = { carrier, events: [], book, context };
  for (const event of events) {
    if (isOfDeadline(event)) push(run, event);
    else add(run, event);
  }
  return run.events;
}

/** No trigger waits for what happens to a deadline, and nothing that a due rule looks at changes with it. */
function isOfDeadline({ type }: Kind['event']): boolean {
  return type.startsWith('Deadline') || type === 'RungReached' || type === 'EscalationRaised';
}

/** What an event ends comes before what it starts, so that one event can do both: a clock that is restarted is not met. */
function add<K extends Kind>(run: Run<K>, event: K['event']): void {
  push(run, event);
  const happening: Happening<K> = { event, after: bookOf(run), context: run.context };
  const definitions = run.carrier.definitions(happening.after, run.context);
  for (const [id, definition] of definitions) stop(run, id, definition, happening);
  for (const [id, definition] of definitions) start(run, id, definition, happening);
  const changed = inputsChanged(run, event);
  for (const [id, definition] of definitions) recompute(run, id, definition, changed);
  for (const again of run.carrier.dueAgain(happening)) begin(run, again);
  const because = run.carrier.endsBecause(happening);
  if (because !== undefined) end(run, because, definitions);
  for (const opened of run.carrier.opens(happening)) add(run, opened);
  for (const raised of run.carrier.raises({ ...happening, after: bookOf(run) })) push(run, raised);
}

/** What comes from outside is the same for all events of a command, so it is asked about with the first. */
function inputsChanged<K extends Kind>({ carrier, events }: Run<K>, event: K['event']): string[] {
  const isFirst = events[0] === event;
  return [...carrier.inputsChangedBy(event), ...(isFirst ? carrier.inputsFromOutside : [])];
}

function stop<K extends Kind>(run: Run<K>, id: string, definition: DeadlineDefinition, happening: Happening<K>): void {
  const stopped = hitBy(definition.stop, run.carrier, happening);
  if (stopped !== undefined) return meetAll(run, id, definition, stopped, happening);
  const renewed = hitBy(definition.renew ?? [], run.carrier, happening);
  if (renewed !== undefined) renew(run, id, definition, renewed, happening);
  if (hitBy(definition.cancel ?? [], run.carrier, happening) !== undefined) giveUp(run, id, definition, happening);
}

/** A stop ends every occurrence; those of a schedule whose time had not come yet were neither met nor missed. */
function meetAll<K extends Kind>(
  run: Run<K>,
  id: string,
  definition: DeadlineDefinition,
  { latest }: Hit,
  happening: Happening<K>,
): void {
  for (const deadline of run.carrier.concerned(open(run, id), definition, happening)) {
    if (isScheduled(definition) && !hasBegun(deadline, latest)) cancel(run, deadline, 'no_duty');
    else push(run, met(deadline, latest, run.context));
  }
  for (const waiting of run.carrier.concerned(awaited(run, id), definition, happening)) dismiss(run, waiting);
}

function renew<K extends Kind>(
  run: Run<K>,
  id: string,
  definition: DeadlineDefinition,
  { at, latest }: Hit,
  happening: Happening<K>,
): void {
  const begun = run.carrier.concerned(open(run, id), definition, happening).filter((each) => hasBegun(each, latest));
  const running = isScheduled(definition) ? answered(begun, latest) : begun;
  for (const deadline of running) push(run, met(deadline, latest, run.context));
  if (isScheduled(definition)) return;
  for (const each of [...running, ...run.carrier.concerned(awaited(run, id), definition, happening)]) {
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

function giveUp<K extends Kind>(
  run: Run<K>,
  id: string,
  definition: DeadlineDefinition,
  happening: Happening<K>,
): void {
  for (const deadline of run.carrier.concerned(open(run, id), definition, happening)) cancel(run, deadline, 'no_duty');
  for (const waiting of run.carrier.concerned(awaited(run, id), definition, happening)) dismiss(run, waiting);
}

function start<K extends Kind>(run: Run<K>, id: string, definition: DeadlineDefinition, happening: Happening<K>): void {
  const hit = hitBy(definition.start, run.carrier, happening);
  if (hit === undefined) return;
  const subject = run.carrier.subjectIn(definition, happening);
  for (const deadline of open(run, id).filter((each) => each.subject === subject)) cancel(run, deadline, 'restarted');
  begin(run, { id, definition, at: hit.at, subject, occurrence: 1 });
}

function end<K extends Kind>(run: Run<K>, because: CancelReason, definitions: [string, DeadlineDefinition][]): void {
  for (const [id, definition] of definitions) {
    if (definition.outlivesCase === true && because !== 'child_erased') continue;
    for (const deadline of open(run, id)) cancel(run, deadline, because);
    for (const waiting of awaited(run, id)) dismiss(run, waiting);
  }
}

function met({ deadline, definition, dueAt }: DeadlineStatus, metAt: Instant, context: DeadlineContext): DeadlineEvent {
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
