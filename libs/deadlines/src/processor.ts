import { errorName } from '#libs/background';
import { milliseconds, type Clock } from '#libs/calendar';
import type { Log } from '#libs/logging';
import type { WakeProcessor } from '#libs/queues';
import { fire, type CommandHandler } from './firing.js';
import type { WaitingRung } from './wake-up.js';

/**
 * What a wake-up does. The queue counts its delays by the clocks of the machines it runs on; the deadline goes by ours,
 * so whoever is woken too early lies down again. What fails is left to the sweep, which keeps count.
 */
export function deadlineProcessor(commands: CommandHandler, clock: Clock, log: Log): WakeProcessor<WaitingRung> {
  return async (rung) => {
    const early = milliseconds(clock.now(), rung.rungAt);
    if (early > 0) return { againInMs: early };
    const firing = await fire(rung, commands, clock);
    if (firing.outcome === 'failed') {
      const { streamId, deadline } = rung;
      log.warn('a deadline is left to the sweep', { streamId, deadline, code: errorName(firing.error) });
    }
    return undefined;
  };
}
