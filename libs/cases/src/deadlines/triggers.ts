import type { Instant } from '#libs/calendar';
import type { Trigger } from '#libs/pathways';
import type { Carrier, Happening, Kind } from './carrier.js';

/** What a trigger found in an event: when a clock that it starts begins, and when what it stops counts as done. */
export interface Hit {
  at: Instant;
  latest: Instant;
}

/** The part of a carrier that says what pulls a trigger. */
export type Watching<K extends Kind> = Pick<Carrier<K>, 'momentsOf' | 'holds'>;

/** The first of the triggers that this event pulls. */
export function hitBy<K extends Kind>(
  triggers: readonly Trigger[],
  carrier: Watching<K>,
  happening: Happening<K>,
): Hit | undefined {
  for (const trigger of triggers) {
    const hit = pull(trigger, carrier, happening);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function pull<K extends Kind>(trigger: Trigger, carrier: Watching<K>, happening: Happening<K>): Hit | undefined {
  const moments = carrier.momentsOf(trigger, happening);
  if (moments === undefined) return undefined;
  const { earliest: at, latest } = moments;
  const { after, context } = happening;
  if (trigger.when !== undefined && !carrier.holds(trigger.when, after, context, at)) return undefined;
  // What is recorded has happened: at the end of its day, but not later than now.
  return { at, latest: latest > context.now && context.now > at ? context.now : latest };
}
