import type { DeadlineDefinition } from '#libs/pathways';
import type { DecideContext } from '../context.js';
import { caseCarrier } from '../deadlines/case-carrier.js';
import type { CaseKind } from '../deadlines/case-triggers.js';
import { rearmed } from '../deadlines/rearm.js';
import { rungsOf } from '../deadlines/rungs.js';
import { arm, bookOf, cancel, dismiss, keepInMind, push, startOf, type Run } from '../deadlines/run.js';
import type { CaseEvent, NewNames } from '../events.js';
import type { AwaitedDeadline, DeadlineStatus, KnownCase } from '../state.js';
import { renamedDeadline } from './names.js';

/** A running deadline and the one that it would be under the new version. */
interface Pair {
  running: DeadlineStatus;
  twin: DeadlineStatus;
}

/**
 * Brings the deadlines of a case that was just moved to where they would be under its version: kept where they are the
 * same, worked out again where they are not, ended where the version knows no such duty, begun where it knows a new one.
 * What a supervisor decided of a running deadline, an extension or a pause, goes on holding.
 *
 * @param wanted the case as it would be, told under its version from the beginning
 */
export function reconciled(state: KnownCase, wanted: KnownCase, names: NewNames, context: DecideContext): CaseEvent[] {
  const run: Run<CaseKind> = { carrier: caseCarrier, events: [], book: state, context };
  const definitions = new Map(caseCarrier.definitions(state, context));
  const twins = armedIn(wanted);
  const taken = new Set<DeadlineStatus>();
  for (const running of armedIn(state)) {
    const twin = twins.find((each) => isSameDuty(each, running, names));
    if (twin === undefined) cancel(run, running, 'migrated');
    else {
      taken.add(twin);
      move(run, { running, twin }, definitions);
    }
  }
  for (const twin of twins) {
    if (!taken.has(twin) && !isOver(twin, state, names, definitions, context)) begin(run, twin, definitions);
  }
  keepWaiting(run, wanted.awaited, names, definitions);
  return run.events;
}

const armedIn = ({ deadlines }: KnownCase): DeadlineStatus[] =>
  Object.values(deadlines).filter(({ status }) => status === 'armed');

function isSameDuty(
  twin: DeadlineStatus,
  { definition, subject, occurrence }: DeadlineStatus,
  names: NewNames,
): boolean {
  return (
    twin.definition === renamedDeadline(names, definition) && twin.subject === subject && twin.occurrence === occurrence
  );
}

type Definitions = ReadonlyMap<string, DeadlineDefinition>;

function move(run: Run<CaseKind>, { running, twin }: Pair, definitions: Definitions): void {
  const supervised = running.extended || running.paused !== undefined;
  const sameName = running.definition === twin.definition;
  if (sameName && (supervised || isDueAlike({ running, twin }, run.context))) return;
  cancel(run, running, 'migrated');
  if (supervised) carryOver(run, { running, twin });
  else begin(run, twin, definitions, running.ladder === twin.ladder ? running : { ...running, reached: [] });
}

/** Due at the same time, and whoever is still to be told is told at the same times. */
function isDueAlike({ running, twin }: Pair, { now, common, calendar }: DecideContext): boolean {
  const ladder = common.ladders[twin.ladder];
  if (running.dueAt !== twin.dueAt || running.ladder !== twin.ladder || ladder === undefined) return false;
  const toCome = (rungs: DeadlineStatus['rungs']) => rungs.filter(({ at }) => at > now).map(({ at }) => at);
  const { startedAt, dueAt, clock } = twin;
  const rungs = rungsOf(ladder, { startedAt, dueAt, recordedAt: now, clock }, calendar);
  return toCome(rungs).join() === toCome(running.rungs).join() && running.confirmed === twin.confirmed;
}

/** The same duty under its new name, due when a supervisor said, and paused for as long. */
function carryOver(run: Run<CaseKind>, { running, twin: { definition, ladder, confirmed } }: Pair): void {
  const { context } = run;
  const named = { ...running, definition, ladder, confirmed };
  const data = rearmed(named, running.dueAt, bookOf(run), context, { keepReached: running.ladder === ladder });
  push(run, { type: 'DeadlineArmed', data, occurredAt: context.now, precision: 'moment' });
  if (running.paused === undefined) return;
  const { at: occurredAt, until } = running.paused;
  const { deadline } = data;
  push(run, { type: 'DeadlinePaused', data: { deadline, definition, until }, occurredAt, precision: 'moment' });
}

function begin(
  run: Run<CaseKind>,
  { definition: id, startedAt, subject, ...twin }: DeadlineStatus,
  definitions: Definitions,
  replaces?: DeadlineStatus,
): void {
  const { occurrence, windowFrom, dueAt, clock, granularity } = twin;
  const start = startOf(id, known(definitions, id), { startedAt, subject, occurrence });
  arm(run, start, [{ occurrence, windowFrom, dueAt, rule: { clock, granularity } }], replaces);
}

/** What was met stays met, whatever the new version asks for; and a right that has lapsed begins no second time. */
function isOver(
  twin: DeadlineStatus,
  { deadlines }: KnownCase,
  names: NewNames,
  definitions: Definitions,
  { now }: DecideContext,
): boolean {
  const wasMet = Object.values(deadlines).some(
    (each) => each.status === 'met' && each.startedAt === twin.startedAt && isSameDuty(twin, each, names),
  );
  return wasMet || (known(definitions, twin.definition).onDue === 'lapse' && twin.dueAt <= now);
}

function keepWaiting(run: Run<CaseKind>, wanted: AwaitedDeadline[], names: NewNames, definitions: Definitions): void {
  const isThere = (all: AwaitedDeadline[], { definition, subject }: AwaitedDeadline) =>
    all.some((each) => each.definition === definition && each.subject === subject);
  const waiting = bookOf(run).awaited;
  for (const each of waiting) {
    const name = renamedDeadline(names, each.definition);
    if (name !== each.definition || !isThere(wanted, each)) dismiss(run, each);
  }
  for (const each of wanted) {
    if (isThere(bookOf(run).awaited, each)) continue;
    keepInMind(run, startOf(each.definition, known(definitions, each.definition), each));
  }
}

function known(definitions: Definitions, id: string): DeadlineDefinition {
  const definition = definitions.get(id);
  if (definition === undefined) throw new TypeError(`no deadline ${id}`);
  return definition;
}
