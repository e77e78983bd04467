import { plus } from '#libs/calendar';
import type { Occurrence } from './actor.js';
import type { DeadlineContext } from './context.js';

/** Clocks of devices differ: a time this far ahead of ours is still taken as now. */
const CLOCK_TOLERANCE = 'PT5M';

type Now = Pick<DeadlineContext, 'now' | 'calendar'>;

/** Nobody tells what has not happened yet. */
export function liesAhead({ occurredAt }: Occurrence, { now, calendar }: Now): boolean {
  return occurredAt > now && occurredAt > plus(now, CLOCK_TOLERANCE, calendar.zone);
}

export function notAhead<Told extends Occurrence>(told: Told, context: Now): Told {
  return told.occurredAt > context.now && !liesAhead(told, context) ? { ...told, occurredAt: context.now } : told;
}
