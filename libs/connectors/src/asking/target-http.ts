import { isNativeError } from 'node:util/types';

import type { Clock } from '#libs/calendar';
import type { ExchangeTarget } from '#libs/configuration';
import { OutboundRefused, type OutboundHttp, type Received, type Sent } from '#libs/outbound';
import { retryAfterMs } from './backoff.js';
import { RecordRefused, TargetAway, TargetBusy } from './errors.js';
import { Pace, type Sleep } from './pace.js';

/** What asking a target needs from outside. */
export interface AskingParts {
  readonly outbound: OutboundHttp;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

export interface Asked {
  readonly method: Sent['method'];
  /** Below the target's base address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Statuses of 4xx that are an answer like any other here. */
  readonly expects?: readonly number[];
}

export interface Told {
  readonly status: number;
  readonly headers: Received['headers'];
  /** Undefined where the answer has no body. */
  readonly json: unknown;
}

/** A page of a thousand cases is some megabytes; OSCaR has no pages at all. */
const largestAnswer = 256 * 1024 * 1024;
const defaultPatienceMs = 60_000;

/** Speaks JSON with one target, at the agreed pace. Nothing of an answer stands in the error that it becomes. */
export class TargetHttp {
  readonly #target: ExchangeTarget;
  readonly #parts: AskingParts;
  readonly #pace: Pace;
  #answers = 0;

  constructor(target: ExchangeTarget, parts: AskingParts) {
    this.#target = target;
    this.#parts = parts;
    this.#pace = new Pace(target.requestsPerSecond, () => Date.parse(parts.clock.now()), parts.sleep);
  }

  /** How often it has answered so far, whatever it said. */
  get answers(): number {
    return this.#answers;
  }

  /** @throws TargetAway, TargetBusy, RecordRefused */
  async ask({ method, path, headers = {}, json, expects = [] }: Asked): Promise<Told> {
    await this.#pace.turn();
    const sent: Sent = {
      method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      largestAnswer,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    };
    const received = await this.#send(`${this.#target.url}${path}`, sent);
    return this.#read(received, expects);
  }

  async #send(address: string, sent: Sent): Promise<Received> {
    try {
      return await this.#parts.outbound.send(address, { hosts: [new URL(this.#target.url).hostname] }, sent);
    } catch (error) {
      const code = isNativeError(error) && 'code' in error ? String(error.code) : 'unknown';
      // Before the connection stood, nothing was asked; after that, anything may have happened.
      const unasked =
        error instanceof OutboundRefused ? !['too_slow', 'too_large', 'redirect'].includes(code) : notReached.has(code);
      throw new TargetAway(code, !unasked);
    }
  }

  #read({ status, headers, body }: Received, expects: readonly number[]): Told {
    if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) {
      const asked = retryAfterMs(headers['retry-after'], Date.parse(this.#parts.clock.now()));
      throw new TargetBusy(status, asked ?? defaultPatienceMs);
    }
    const json = jsonIn(body);
    if (status >= 200 && status < 300) {
      if (json === notJson) throw new TargetAway('not_json', true, status);
      this.#answers += 1;
      return { status, headers, json };
    }
    if (status >= 400 && status < 500 && status !== 401 && status !== 403) this.#answers += 1;
    if (expects.includes(status)) return { status, headers, json: json === notJson ? undefined : json };
    if (status === 401 || status === 403) throw new TargetAway('not_admitted', false, status);
    if (status >= 400 && status < 500) throw new RecordRefused(status, fieldsIn(json));
    throw new TargetAway('in_trouble', true, status);
  }
}

const notReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
]);

const notJson = Symbol('not JSON');

function jsonIn(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return notJson;
  }
}

/** A field's name as both systems write it, or a JSON pointer. Values of children's records look otherwise. */
const fieldShape = /^\/?[a-z][a-z0-9_]*(?:\/[a-z0-9_]+)*$/;
const mostFields = 20;

/** Names of fields in an answer that refuses: `detail` of Primero, keys of OSCaR's `message` and `errors`. */
function fieldsIn(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  const { errors, message } = json as { errors?: unknown; message?: unknown };
  const told = [
    ...(Array.isArray(errors) ? errors.flatMap((each) => detailOf(each)) : keysOf(errors)),
    ...keysOf(message),
  ];
  return [...new Set(told.filter((each) => fieldShape.test(each)))].slice(0, mostFields);
}

function detailOf(error: unknown): string[] {
  const detail = typeof error === 'object' && error !== null ? (error as { detail?: unknown }).detail : undefined;
  return [detail].flat().filter((each): each is string => typeof each === 'string');
}

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
