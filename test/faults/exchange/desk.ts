import { randomUUID } from 'node:crypto';

import { Entrance } from '../installation/entrance.js';
import type { Stage } from '../installation/stage.js';

/** People of the installation at their desks: what they ask is asked over HTTP, until it is done. */
export class Desk {
  readonly #address: string;
  readonly #entrance: Entrance;

  constructor({ address, api }: Stage) {
    this.#address = `${address}/api/v1`;
    this.#entrance = new Entrance(address, api);
  }

  post(by: string, path: string, body: object = {}): Promise<{ id: string }> {
    return this.#ask(by, 'POST', path, body);
  }

  patch(by: string, path: string, body: object): Promise<{ id: string }> {
    return this.#ask(by, 'PATCH', path, body);
  }

  async #ask(by: string, method: string, path: string, body: object): Promise<{ id: string }> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await this.#entrance.tokenOf(by)}`,
      'idempotency-key': randomUUID(),
    };
    for (;;) {
      const response = await fetch(`${this.#address}${path}`, { method, headers, body: JSON.stringify(body) });
      const answer = await response.text();
      if (response.ok) return answer === '' ? { id: '' } : (JSON.parse(answer) as { id: string });
      // Somebody else, such as the exchange, wrote to the case at the same moment.
      if (response.status === 409 && answer.includes('urn:spean:problem:version-conflict')) continue;
      throw new Error(`${method} ${path} was refused with ${response.status}: ${answer.slice(0, 300)}`);
    }
  }
}
