import type { DeadlineDefinition } from '#libs/pathways';
import type { DeadlineStatus } from '../state.js';
import type { Kind } from './carrier.js';
import { inputsOf, isScheduled } from './due.js';
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
  if (!changed.some((input) => inputs.has(input))) return;
  const running = open(run, id).filter((each) => !each.extended);
  for (const deadline of running) move(run, id, definition, deadline);
  if (isScheduled(definition)) for (const start of distinctStarts(running)) complete(run, id, definition, start);
  for (const waiting of awaited(run, id)) {
    const start = startOf(id, definition, waiting);
    arm(run, start, occurrencesIn(run, start));
  }
}

function move<K extends Kind>(run: Run<K>, id: string, definition: DeadlineDefinition, deadline: DeadlineStatus): void {
  const start = startOf(id, definition, deadline);
  const next = occurrencesIn(run, start);
  const same = next.find(({ occurrence }) => occurrence === deadline.occurrence);
  if (same?.dueAt === deadline.dueAt) return;
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
