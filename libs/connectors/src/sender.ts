import { randomUUID } from 'node:crypto';

import { errorName } from '#libs/background';
import type { Clock } from '#libs/calendar';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import type { Log } from '#libs/logging';
import { backoffMs, type Random } from './asking/backoff.js';
import { later } from './asking/breaker.js';
import { RecordRefused, TargetAway, TargetBusy } from './asking/errors.js';
import type { Health } from './asking/target-health.js';
import type { Connector } from './connector.js';
import { claimMs, whileRenewing } from './renewing.js';
import type { OwedCase, OwedCases } from './owed/owed-cases.js';

export interface SenderParts {
  readonly target: string;
  readonly connector: Connector;
  /** How often the target has answered so far. */
  readonly answers: () => number;
  readonly owed: OwedCases;
  readonly health: Health;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Cases that are sent at the same time; the pace of requests is kept all the same. */
const pageSize = 4;
/** After so many tries that the target itself could not take, a case waits for a person. */
const mostRefusals = 8;

/** Sends one target what it is owed, for as long as it takes it. One bad case stops no other. */
export class ExchangeSender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** @returns how many cases the target knows of now */
  async sweepOnce(): Promise<number> {
    const { health, owed, clock } = this.#parts;
    for (let told = 0; ;) {
      const admission = await health.admit(clock.now());
      if (admission === 'none') return told;
      const limit = admission === 'probe' ? 1 : pageSize;
      const page = await owed.claim(randomUUID(), clock.now(), limit);
      const results = await Promise.all(page.map((each) => this.#tell(each)));
      told += results.filter((each) => each).length;
      if (page.length < limit || results.every((each) => !each)) return told;
    }
  }

  /** @returns whether the target knows of it now, or there was nothing to tell */
  async #tell(each: OwedCase): Promise<boolean> {
    const { connector, owed, health, clock, answers, log } = this.#parts;
    const before = answers();
    try {
      await whileRenewing(
        claimMs,
        () => owed.renew(each, clock.now()),
        log,
        () => connector.push(each.caseId),
      );
      // Where nothing may leave nobody is asked, and nobody learns whether the target is back.
      if (answers() > before) await health.answered(clock.now());
      await owed.done(each, clock.now());
      return true;
    } catch (error) {
      if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
      await this.#failed(each, error);
      return false;
    }
  }

  async #failed(each: OwedCase, error: unknown): Promise<void> {
    const { owed, health, clock, random, log, target } = this.#parts;
    const { caseId, attempts, refusals } = each;
    const now = clock.now();
    log.warn('a target could not be told', { code: target, caseId, count: attempts, error });
    if (error instanceof TargetBusy) {
      await health.busy(now, error.retryAfterMs);
      const at = later(now, backoffMs(1, random, error.retryAfterMs));
      return owed.failed(each, { at, refused: false, error: errorName(error) });
    }
    if (error instanceof TargetAway) await health.failed(now, error.code);
    // Whoever answered with an error, or with something that we cannot use, may do so for this case alone.
    const refused = !(error instanceof TargetAway) || (error.status !== undefined && error.status !== 401);
    if (error instanceof RecordRefused || (refused && refusals + 1 >= mostRefusals)) {
      return owed.park(each, now, codeOf(error));
    }
    await owed.failed(each, { at: later(now, backoffMs(attempts, random)), refused, error: codeOf(error) });
  }
}

const codeOf = (error: unknown): string => (error instanceof RecordRefused ? error.message : errorName(error));
