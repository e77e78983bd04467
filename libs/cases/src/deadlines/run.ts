import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import type { CancelReason, DeadlineEvent } from '../events.js';
import type { AwaitedDeadline, DeadlineStatus } from '../state.js';
import { armed } from './arm.js';
import type { Carrier, Kind, Unborn } from './carrier.js';
import { inputsOf, occurrencesOf, type Occurrence, type Start } from './due.js';

/** The events decided so far, and what carries the deadlines as they leave it. */
export interface Run<K extends Kind> {
  readonly carrier: Carrier<K>;
  readonly events: (K['event'] | DeadlineEvent)[];
  readonly context: K['context'];
  book: K['book'] | Unborn;
}

export function push<K extends Kind>(run: Run<K>, event: K['event'] | DeadlineEvent): void {
  const { actor, now } = run.context;
  run.events.push(event);
  run.book = run.carrier.evolve(run.book, { event, by: actor.id, recordedAt: now });
}

export function bookOf<K extends Kind>({ book }: Run<K>): K['book'] {
  if (!('deadlines' in book)) throw new TypeError('nothing carries deadlines yet');
  return book;
}

export function open<K extends Kind>(run: Run<K>, id: string): DeadlineStatus[] {
  return Object.values(bookOf(run).deadlines).filter(
    (deadline) => deadline.definition === id && deadline.status === 'armed',
  );
}

export function awaited<K extends Kind>(run: Run<K>, id: string): AwaitedDeadline[] {
  return bookOf(run).awaited.filter(({ definition }) => definition === id);
}

/** A clock may start in the future (a birthday): its rules are asked then, and otherwise now. */
export function occurrencesIn<K extends Kind>(run: Run<K>, start: Start): Occurrence[] {
  const { carrier, context } = run;
  const book = bookOf(run);
  const at = start.at > context.now ? start.at : context.now;
  return occurrencesOf(start, {
    holds: (condition) => carrier.holds(condition, book, context, at, start.subject),
    dateOf: (name) => carrier.dateOf(name, book, context, start.subject),
    calendar: context.calendar,
  });
}

/** Arms what is due by the rules; where nothing is due yet, but a change may make it so, the start is kept in mind. */
export function begin<K extends Kind>(run: Run<K>, start: Start): void {
  const occurrences = occurrencesIn(run, start);
  if (occurrences.length > 0) arm(run, start, occurrences);
  else if (inputsOf(start.definition).size > 0) keepInMind(run, start);
}

export function arm<K extends Kind>(
  run: Run<K>,
  start: Start,
  occurrences: Occurrence[],
  replaces?: DeadlineStatus,
): void {
  for (const event of armed(start, occurrences, bookOf(run), run.context, replaces)) push(run, event);
}

export function keepInMind<K extends Kind>(run: Run<K>, { id, at, subject, occurrence }: Start): void {
  push(run, {
    type: 'DeadlineAwaited',
    ...recordedNow(run),
    data: { definition: id, occurrence, startedAt: at, ...(subject === undefined ? {} : { subject }) },
  });
}

export function cancel<K extends Kind>(
  run: Run<K>,
  { deadline, definition }: DeadlineStatus,
  because: CancelReason,
): void {
  push(run, { type: 'DeadlineCancelled', ...recordedNow(run), data: { deadline, definition, because } });
}

export function dismiss<K extends Kind>(run: Run<K>, { definition, subject }: AwaitedDeadline): void {
  push(run, {
    type: 'DeadlineDismissed',
    ...recordedNow(run),
    data: { definition, ...(subject === undefined ? {} : { subject }) },
  });
}

export function startOf(
  id: string,
  definition: DeadlineDefinition,
  { startedAt, subject, occurrence }: { startedAt: Instant; subject?: string | undefined; occurrence: number },
): Start {
  return { id, definition, at: startedAt, subject, occurrence };
}

function recordedNow<K extends Kind>({ context }: Run<K>): { occurredAt: Instant; precision: 'moment' } {
  return { occurredAt: context.now, precision: 'moment' };
}
