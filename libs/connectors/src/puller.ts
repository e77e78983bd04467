import type { Log } from '#libs/logging';
import { later } from './asking/breaker.js';
import { TargetAway, TargetBusy } from './asking/errors.js';
import type { Health } from './asking/target-health.js';
import type { Connector } from './connector.js';
import { endPull, renewPull, takePull } from './ledger/cursor.js';
import type { ConnectorParts } from './prepared.js';
import { pullClaimMs, whileRenewing } from './renewing.js';

export interface PullerParts {
  readonly parts: ConnectorParts;
  readonly target: string;
  readonly connector: Connector;
  readonly health: Health;
  readonly log: Log;
}

/** Reads one target, one worker at a time, as long as it answers. */
export class ExchangePuller {
  readonly #parts: PullerParts;

  constructor(parts: PullerParts) {
    this.#parts = parts;
  }

  /** @returns how many records came; undefined when the target is left alone or another worker reads it */
  async pullOnce(): Promise<number | undefined> {
    const { parts, target, connector, health, log } = this.#parts;
    const { clock } = parts;
    if ((await health.admit(clock.now())) === 'none') return undefined;
    const now = clock.now();
    if (!(await takePull(parts, target, { now, until: later(now, pullClaimMs) }))) return undefined;
    try {
      const came = await whileRenewing(
        pullClaimMs,
        () => renewPull(parts, target, later(clock.now(), pullClaimMs)),
        log,
        () => connector.pull(),
      );
      await health.answered(clock.now());
      return came;
    } catch (error) {
      await this.#failed(error);
      return undefined;
    } finally {
      await endPull(parts, target);
    }
  }

  async #failed(error: unknown): Promise<void> {
    const { parts, target, health, log } = this.#parts;
    log.warn('a target could not be read', { code: target, error });
    const now = parts.clock.now();
    if (error instanceof TargetBusy) await health.busy(now, error.retryAfterMs);
    else if (error instanceof TargetAway) await health.failed(now, error.code);
    else throw error;
  }
}
