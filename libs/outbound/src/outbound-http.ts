import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';

import { OutboundRefused } from './outbound-refused.js';
import { targetOf, type Partner } from './target.js';

export interface OutboundSettings {
  /** Development alone: partners that are other programs of this machine. */
  readonly mayReachLoopback?: boolean;
  /** How names are resolved; absent: as the machine does. */
  readonly lookup?: LookupFunction;
  /** Milliseconds for the whole of a request, its answer included. */
  readonly patienceMs?: number;
}

export interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Largest answer that is read, in bytes; absent: 256 KiB. */
  readonly largestAnswer?: number;
}

export interface Received {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

const defaultPatienceMs = 10_000;
/** Bytes of an answer. */
const usuallyLargest = 256 * 1024;

/**
 * Speaks to partners outside, and to nobody else: over TLS, to hosts that are listed for the partner, and only when all
 * that their names resolve to lies on the public internet. It follows no redirect, and waits and reads no longer than it
 * wants to. Without these, whoever may enter an address could make this program ask what it alone can reach.
 */
export class OutboundHttp {
  readonly #settings: OutboundSettings;
  readonly #plain: http.Agent;
  readonly #secure: https.Agent;

  constructor(settings: OutboundSettings = {}) {
    this.#settings = settings;
    const allowed = settings.mayReachLoopback === true ? { allowIPAddressList: ['127.0.0.1', '::1'] } : {};
    this.#plain = new RequestFilteringHttpAgent(allowed);
    this.#secure = new RequestFilteringHttpsAgent(allowed);
  }

  /**
   * @throws OutboundRefused
   * @throws Error with a `code`, when the partner cannot be reached
   */
  async send(address: string, partner: Partner, sent: Sent): Promise<Received> {
    const { mayReachLoopback = false, patienceMs = defaultPatienceMs } = this.#settings;
    const url = targetOf(address, partner, mayReachLoopback);
    const patience = AbortSignal.timeout(patienceMs);
    try {
      return await this.#exchange(url, sent, patience);
    } catch (error) {
      throw patience.aborted ? new OutboundRefused('too_slow') : (refusedByAgent(error) ?? error);
    }
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #exchange(url: URL, sent: Sent, signal: AbortSignal): Promise<Received> {
    const { method, headers, body, largestAnswer = usuallyLargest } = sent;
    const { lookup } = this.#settings;
    const [request, agent] = url.protocol === 'https:' ? [https.request, this.#secure] : [http.request, this.#plain];
    return new Promise((resolve, reject) => {
      const asking = request(url, { method, headers, agent, signal, ...(lookup === undefined ? {} : { lookup }) });
      asking.once('response', (answer) => void read(answer, largestAnswer).then(resolve, reject));
      asking.once('error', reject);
      asking.end(body);
    });
  }
}

async function read(answer: http.IncomingMessage, largestAnswer: number): Promise<Received> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    answer.destroy();
    throw new OutboundRefused('redirect');
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestAnswer) throw new OutboundRefused('too_large');
    parts.push(part);
  }
  return { status, headers: answer.headers, body: Buffer.concat(parts) };
}

/** The agent's errors have no code, only words. */
function refusedByAgent(error: unknown): OutboundRefused | undefined {
  const words = error instanceof Error ? error.message : '';
  return /^DNS lookup .+ is not allowed\./.test(words) ? new OutboundRefused('address') : undefined;
}
