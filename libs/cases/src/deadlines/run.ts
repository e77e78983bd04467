import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import { viewOf, type DecideContext, type View } from '../context.js';
import { evolve } from '../evolve.js';
import type { CancelReason, CaseEvent } from '../events.js';
import type { AwaitedDeadline, CaseState, DeadlineStatus, KnownCase } from '../state.js';
import { armed } from './arm.js';
import { inputsOf, occurrencesOf, type Occurrence, type Start } from './due.js';

/** The events decided so far and the case as they leave it. */
export interface Run {
  readonly events: CaseEvent[];
  readonly context: DecideContext;
  state: CaseState;
}

export function push(run: Run, event: CaseEvent): void {
  run.events.push(event);
  run.state = evolve(run.state, { event, by: run.context.actor.id, recordedAt: run.context.now });
}

export function known({ state }: Run): KnownCase {
  if (state.status === 'none') throw new TypeError('no case yet');
  return state;
}

export function open(run: Run, id: string): DeadlineStatus[] {
  return Object.values(known(run).deadlines).filter(
    (deadline) => deadline.definition === id && deadline.status === 'armed',
  );
}

export function awaited(run: Run, id: string): AwaitedDeadline[] {
  return known(run).awaited.filter(({ definition }) => definition === id);
}

export function occurrencesIn(run: Run, start: Start): Occurrence[] {
  return occurrencesOf(start, viewFor(run, start));
}

/** Arms what is due by the rules; where nothing is due yet, but a change may make it so, the start is kept in mind. */
export function begin(run: Run, start: Start): void {
  const occurrences = occurrencesIn(run, start);
  if (occurrences.length > 0) arm(run, start, occurrences);
  else if (inputsOf(start.definition).size > 0) keepInMind(run, start);
}

export function arm(run: Run, start: Start, occurrences: Occurrence[], replaces?: DeadlineStatus): void {
  for (const event of armed(start, occurrences, viewFor(run, start), replaces)) push(run, event);
}

export function keepInMind(run: Run, { id, at, subject, occurrence }: Start): void {
  push(run, {
    type: 'DeadlineAwaited',
    ...recordedNow(run),
    data: { definition: id, occurrence, startedAt: at, ...(subject === undefined ? {} : { subject }) },
  });
}

export function cancel(run: Run, { deadline, definition }: DeadlineStatus, because: CancelReason): void {
  push(run, { type: 'DeadlineCancelled', ...recordedNow(run), data: { deadline, definition, because } });
}

export function dismiss(run: Run, { definition, subject }: AwaitedDeadline): void {
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

function recordedNow({ context }: Run): { occurredAt: Instant; precision: 'moment' } {
  return { occurredAt: context.now, precision: 'moment' };
}

function viewFor(run: Run, { subject, at }: Start): View {
  const { now } = run.context;
  return viewOf(known(run), run.context, at > now ? at : now, {
    referral: subject === undefined ? undefined : known(run).referrals[subject],
    subject,
  });
}
