import type { DeadlineDefinition } from '#libs/pathways';
import type { DeadlineStatus } from '../state.js';
import type { Kind } from './carrier.js';
import { BIRTH_DATE, inputsOf, isScheduled } from './due.js';
import { arm, awaited, bookOf, cancel, keepInMind, occurrencesIn, open, startOf, type Run } from './run.js';

/**
 * Risk, age, class, liberty or a date changed: what was armed is worked out again from the same start (pathways 1.3),
 * and what had no due time until now may get one.
 */
export function recompute<K extends Kind>(
  run: Run<K>,
  id: string,
  definition: DeadlineDefinition,
  changed: readonly string[],
): void {
  const inputs = inputsOf(definition);
  const relevant = changed.filter((input) => inputs.has(input));
  if (relevant.length === 0) return;
  const running = open(run, id).filter((each) => !each.extended);
  const mayBeOver = relevant.some((input) => input !== BIRTH_DATE);
  for (const deadline of running) move(run, id, definition, deadline, mayBeOver);
  if (isScheduled(definition)) for (const start of distinctStarts(running)) complete(run, id, definition, start);
  for (const waiting of awaited(run, id)) {
    const start = startOf(id, definition, waiting);
    arm(run, start, occurrencesIn(run, start));
  }
}

/** @param mayBeOver that the child has grown older since does not undo a duty that was missed */
function move<K extends Kind>(
  run: Run<K>,
  id: string,
  definition: DeadlineDefinition,
  deadline: DeadlineStatus,
  mayBeOver: boolean,
): void {
  const start = startOf(id, definition, deadline);
  const next = occurrencesIn(run, start);
  const same = next.find(({ occurrence }) => occurrence === deadline.occurrence);
  if (same?.dueAt === deadline.dueAt) return;
  if (same === undefined && !mayBeOver && deadline.dueAt <= run.context.now) return;
  cancel(run, deadline, same === undefined ? 'no_duty' : 'recomputed');
  if (same !== undefined) arm(run, start, [same], deadline);
  else if (next.length === 0) keepInMind(run, start);
}

/** A schedule that grew arms the occurrences it did not have before. */
function complete<K extends Kind>(
  run: Run<K>,
  id: string,
  definition: DeadlineDefinition,
  deadline: DeadlineStatus,
): void {
  const there = Object.values(bookOf(run).deadlines).filter(
    (each) => each.definition === id && each.status !== 'cancelled' && isSameStart(each, deadline),
  );
  const start = startOf(id, definition, deadline);
  arm(
    run,
    start,
    occurrencesIn(run, start).filter(({ occurrence }) => !there.some((each) => each.occurrence === occurrence)),
  );
}

function distinctStarts(deadlines: DeadlineStatus[]): DeadlineStatus[] {
  return deadlines.filter((each, index) => deadlines.findIndex((other) => isSameStart(other, each)) === index);
}

function isSameStart(one: DeadlineStatus, other: DeadlineStatus): boolean {
  return one.startedAt === other.startedAt && one.subject === other.subject;
}
