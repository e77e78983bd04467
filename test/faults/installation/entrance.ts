import type { Client } from 'pg';

import { hashPassword } from '#libs/identities';

import type { Program } from './program.js';

const password = 'the password of every drill';
const patienceMs = 15_000;

/** @param client of a user whom row-level security lets pass */
export async function openAccounts(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO accounts (tenant_id, staff_id, password_hash, password_set_at, opened_at)
     SELECT tenant_id, id, $1, now(), now() FROM staff
     ON CONFLICT (tenant_id, staff_id) DO UPDATE SET password_hash = excluded.password_hash`,
    [await hashPassword(password)],
  );
}

/** Where the people of a drill sign in, each once. */
export class Entrance {
  readonly #address: string;
  readonly #api: Program;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(address: string, api: Program) {
    this.#address = address;
    this.#api = api;
  }

  tokenOf(staffId: string): Promise<string> {
    const known = this.#tokens.get(staffId) ?? this.#signIn(staffId);
    this.#tokens.set(staffId, known);
    return known;
  }

  /** The API may be killed meanwhile: then again. */
  async #signIn(account: string): Promise<string> {
    for (;;) {
      await this.#api.running();
      const answer = await fetch(`${this.#address}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account, password, device: 'a drill' }),
        signal: AbortSignal.timeout(patienceMs),
      })
        .then(async (response) => ({ status: response.status, body: await response.text() }))
        .catch(() => undefined);
      if (answer === undefined || answer.status >= 500) continue;
      if (answer.status !== 201) throw new Error(`${account} could not sign in: ${answer.status} ${answer.body}`);
      return (JSON.parse(answer.body) as { token: string }).token;
    }
  }
}
