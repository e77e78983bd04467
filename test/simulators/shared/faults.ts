import type { Random } from './random.js';

/**
 * What can go wrong on the way to another system and back. `before`: the request has no effect there; `after`: it had
 * its effect, and the sender doesn't learn of it.
 */
export type FaultKind =
  /** 429 with Retry-After. */
  | 'throttled'
  /** 503 with Retry-After: 60, as while its configuration is applied. */
  | 'unavailable'
  /** 500 in HTML after the effect. */
  | 'failed_after'
  /** The connection is reset. */
  | 'reset_before'
  | 'reset_after'
  /** No answer ever comes. */
  | 'silent_before'
  | 'silent_after'
  /** The answer comes, but late. */
  | 'slow'
  /** Every token and session given so far ends before the request is looked at. */
  | 'tokens_expired'
  /** The request arrives twice, as a proxy sends it again; the second answer goes back. */
  | 'doubled'
  /** 200 with a page in HTML, as a portal in between answers; without effect. */
  | 'not_json';

export interface FaultRule {
  readonly kind: FaultKind;
  /** Any method where absent. */
  readonly method?: string;
  /** Any path where absent; matched against the path without its query. */
  readonly path?: RegExp;
  /** Lets this many matching requests pass first. */
  readonly after?: number;
  /** Strikes that often and then never again; without end where absent. */
  readonly times?: number;
  /** Share of matching requests that are struck; all of them where absent. */
  readonly probability?: number;
  /** Only for `throttled`; one second where absent. */
  readonly retryAfterSeconds?: number;
  /** Only for `slow`: real milliseconds. */
  readonly delay?: number;
  /** Only for `slow`: held until then, in place of a delay. */
  readonly until?: Promise<void>;
}

interface Counted {
  readonly rule: FaultRule;
  seen: number;
  struck: number;
}

/** Which requests go wrong, and how. The first rule that strikes decides; the same seed gives the same faults. */
export class FaultPlan {
  /** While true, no connection is answered at all. */
  down = false;
  #rules: Counted[];
  readonly #random: Random;

  constructor(rules: readonly FaultRule[], random: Random) {
    this.#random = random;
    this.#rules = rules.map(counted);
  }

  add(rule: FaultRule): void {
    this.#rules.push(counted(rule));
  }

  clear(): void {
    this.#rules = [];
    this.down = false;
  }

  strike(method: string, path: string): FaultRule | undefined {
    for (const each of this.#rules) {
      if (!matches(each.rule, method, path)) continue;
      each.seen += 1;
      if (each.seen <= (each.rule.after ?? 0) || each.struck >= (each.rule.times ?? Infinity)) continue;
      if (this.#random.next() >= (each.rule.probability ?? 1)) continue;
      each.struck += 1;
      return each.rule;
    }
    return undefined;
  }
}

const counted = (rule: FaultRule): Counted => ({ rule, seen: 0, struck: 0 });

const matches = (rule: FaultRule, method: string, path: string): boolean =>
  (rule.method === undefined || rule.method === method) && (rule.path === undefined || rule.path.test(path));
