import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { milliseconds, type Clock, type Instant } from '#libs/calendar';
import { hashPassword } from '#libs/identities';

import { withClient } from './sql.js';

export const testPassword = 'the password of every test';

let hash: Promise<string> | undefined;

/** Opens accounts, all with the same password, for members of staff who have none yet. */
export async function openAccounts(adminUrl: string): Promise<void> {
  hash ??= hashPassword(testPassword);
  const values = [await hash];
  await withClient(adminUrl, (client) =>
    client.query(
      `INSERT INTO accounts (tenant_id, staff_id, password_hash, password_set_at, opened_at)
       SELECT tenant_id, id, $1, now(), now() FROM staff ON CONFLICT DO NOTHING`,
      values,
    ),
  );
}

interface SignedIn {
  readonly token: Promise<string>;
  readonly at: Instant;
  used: Instant;
}

/** Shorter than what the program allows, so that a request under way is not cut off. */
const idleMs = 14 * 60_000;
const longestMs = 11 * 60 * 60_000;

/** The one place where tests prove who they are: with a password, as people do, once for each session. */
export class SignIns {
  readonly #app: NestFastifyApplication;
  readonly #clock: Clock;
  readonly #adminUrl: string;
  readonly #signedIn = new Map<string, SignedIn>();

  constructor(app: NestFastifyApplication, clock: Clock, adminUrl: string) {
    this.#app = app;
    this.#clock = clock;
    this.#adminUrl = adminUrl;
  }

  /** Headers of a member of staff; of nobody's, where there is no such person. */
  async headersOf(staffId: string): Promise<Record<string, string>> {
    const now = this.#clock.now();
    const known = this.#signedIn.get(staffId);
    if (known !== undefined && milliseconds(known.used, now) <= idleMs && milliseconds(known.at, now) <= longestMs) {
      known.used = now;
      return { authorization: `Bearer ${await known.token}` };
    }
    const token = this.#signIn(staffId);
    this.#signedIn.set(staffId, { token, at: now, used: now });
    return { authorization: `Bearer ${await token}` };
  }

  async #signIn(account: string): Promise<string> {
    if (!this.#signedIn.has(account)) await openAccounts(this.#adminUrl);
    const payload = { account, password: testPassword, device: 'a test' };
    const answer = await this.#app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
    return answer.statusCode === 201 ? answer.json<{ token: string }>().token : 'the-token-of-nobody-at-all';
  }
}
