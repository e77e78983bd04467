import { randomUUID } from 'node:crypto';

import type { CommandKind } from '../check/traces.js';
import type { Ledger } from './ledger.js';
import { asStaff } from '../installation/credentials.js';
import type { Program } from '../installation/program.js';

export interface Asked {
  readonly kind: CommandKind;
  /** What the command is found by in the log. */
  readonly mark: string;
  readonly path: string;
  readonly body: object;
}

export interface Told {
  readonly id: string;
  readonly events: readonly string[];
}

const patienceMs = 15_000;
/** With keys, one in so many writers who lost their answer gives up, as a person closes a laptop. */
const givesUpOneIn = 8;

type Reply = { status: 'done'; told: Told } | { status: 'refused' | 'again' | 'broken' };

/** The desk at which writers ask over HTTP, and ask again until they are told that it is done. */
export class Counter {
  readonly #address: string;
  readonly #api: Program;
  readonly #ledger: Ledger;
  readonly #keys: boolean;

  /** @param keys whether a command that is sent again is known to be the same by its idempotency key */
  constructor(address: string, api: Program, ledger: Ledger, keys: boolean) {
    this.#address = address;
    this.#api = api;
    this.#ledger = ledger;
    this.#keys = keys;
  }

  /** @returns undefined when the command was refused, or given up after its answer was lost */
  async ask(asked: Asked, caller: string): Promise<Told | undefined> {
    const entry = this.#ledger.begin(asked.kind, asked.mark);
    const headers = {
      'content-type': 'application/json',
      ...asStaff(caller),
      ...(this.#keys ? { 'idempotency-key': randomUUID() } : {}),
    };
    for (;;) {
      await this.#api.running();
      const reply = await this.#send(asked, headers);
      if (reply.status === 'done') {
        this.#ledger.acknowledge(entry, reply.told.events);
        return reply.told;
      }
      if (reply.status === 'refused') return undefined;
      if (this.#keys && reply.status === 'broken' && Math.random() * givesUpOneIn < 1) return undefined;
    }
  }

  async #send({ path, body }: Asked, headers: Record<string, string>): Promise<Reply> {
    let status: number;
    let answer: string;
    try {
      const signal = AbortSignal.timeout(patienceMs);
      const response = await fetch(`${this.#address}/api/v1${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal,
      });
      status = response.status;
      answer = await response.text();
    } catch {
      return { status: 'broken' };
    }
    if (status === 200 || status === 201) return { status: 'done', told: JSON.parse(answer) as Told };
    if (status >= 500) return { status: 'again' };
    if (status !== 409) throw new Error(`The API refused ${path} with ${status}: ${answer}`);
    return { status: answer.includes('urn:spean:problem:version-conflict') ? 'again' : 'refused' };
  }
}
