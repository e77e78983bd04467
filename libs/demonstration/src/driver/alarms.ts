import type { Instant } from '#libs/calendar';
import type { DeadlineStatus } from '#libs/cases';

/** Rings for one rung of a deadline, or for the end of its pause. */
export interface Alarm {
  at: Instant;
  deadline: string;
  of: string;
}

/** The first alarm that rings until a moment, save for those that nobody hears. */
export function nextAlarm(
  deadlines: readonly DeadlineStatus[],
  until: Instant,
  unheard: ReadonlySet<string>,
): Alarm | undefined {
  let first: Alarm | undefined;
  for (const alarm of deadlines.flatMap(alarmsOf)) {
    if (alarm.at > until || unheard.has(alarm.of)) continue;
    if (first === undefined || alarm.at < first.at) first = alarm;
  }
  return first;
}

/** One for each rung that is not reached yet; while the deadline is paused, one for the end of the pause. */
function alarmsOf({ status, deadline, rungs, reached, paused }: DeadlineStatus): Alarm[] {
  if (status !== 'armed') return [];
  if (paused !== undefined) return [{ at: paused.until, deadline, of: `${deadline} goes on` }];
  return rungs
    .filter(({ rung }) => !reached.includes(rung))
    .map(({ rung, at }) => ({ at, deadline, of: `${deadline} rung ${rung}` }));
}
