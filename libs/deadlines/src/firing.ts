import { randomBytes } from 'node:crypto';

import type { Clock } from '#libs/calendar';
import type { Answer, RungsRequest } from '#libs/case-commands';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import type { WaitingRung } from './wake-up.js';

/** The handler of commands, as far as deadlines need it. */
export interface CommandHandler {
  reachRungs(request: RungsRequest): Promise<Answer>;
}

/** The program acting by itself; it may remind and escalate and nothing else. */
const system = { id: 'system', roles: ['SYSTEM'], agency: 'spean' };

/** `reached`: rungs were recorded. `nothing`: somebody else was faster, or the deadline was met or cancelled. */
export type Firing = { outcome: 'reached' | 'nothing' } | { outcome: 'failed'; error: unknown };

/**
 * Tells the case or facility that a deadline's time has come. It decides what that means, so it may be told too early,
 * too late, twice, or at the same time by several: each rung is reached once.
 *
 * @throws DatabaseUnavailable, CommitOutcomeUnknown: it says nothing about this deadline and will do for all others too.
 */
export async function fire(
  { streamId, deadline }: WaitingRung,
  commands: CommandHandler,
  clock: Clock,
): Promise<Firing> {
  try {
    const { events } = await commands.reachRungs({
      streamId,
      deadline,
      occurredAt: clock.now(),
      precision: 'moment',
      actor: system,
      purpose: 'deadline',
      traceId: randomBytes(16).toString('hex'),
    });
    return { outcome: events.length > 0 ? 'reached' : 'nothing' };
  } catch (error) {
    if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
    return { outcome: 'failed', error };
  }
}
