import type { Caller } from '#libs/access';
import { sqlState, type Queryable } from '#libs/database';

import { findAccount, type Account } from '../accounts.js';
import { memberUnder } from '../administration/staff-register.js';
import { beginCeremony, takeCeremony } from '../ceremonies.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { IdentityRefused } from '../refusal.js';
import { digestOf, newToken } from '../secret-token.js';
import type { OpenedSession } from '../sessions/session.js';
import type { Device, SignIn } from '../sign-in/sign-in.js';
import type { Departure, ForeignIdentity, IdentityProvider } from './identity-provider.js';

/** Where to send the browser, and what it must bring back as a cookie. */
export interface Departed {
  readonly address: string;
  readonly binding: string;
}

type Where = Omit<Device, 'address'>;

interface Travel extends Departure, Where {
  /** Digest of what the browser holds: nobody comes back for somebody else. */
  readonly binding: string;
}

const uniqueViolation = '23505';

/** Signs people in whom an identity provider vouches for. It stands for the password; the second factor is asked here. */
export class ForeignSignIn {
  readonly #parts: IdentityParts;
  readonly #signIn: SignIn;
  /** Absent where there is none. */
  readonly #provider: IdentityProvider | undefined;

  constructor(parts: IdentityParts, signIn: SignIn, provider: IdentityProvider | undefined) {
    this.#parts = parts;
    this.#signIn = signIn;
    this.#provider = provider;
  }

  /** @throws IdentityRefused `not-found` where there is no identity provider; ProviderAway */
  async depart(where: Where): Promise<Departed> {
    const { database, context, clock } = this.#parts;
    const [secret, binding] = [newToken(), newToken()];
    const { address, departure } = await this.#theProvider().depart(secret);
    const data: Travel = { ...departure, ...where, binding: digestOf(binding).toString('hex') };
    const ceremony = await database.unitOfWork.run(context, (tx) =>
      beginCeremony(tx, clock.now(), { kind: 'foreign_sign_in', data }),
    );
    // The ceremony's id travels in the cookie, so that a state of one browser finds nothing in another.
    return { address, binding: `${ceremony}.${binding}` };
  }

  /** @throws IdentityRefused `sign-in-refused`, whatever was wrong; ProviderAway */
  async arrive(query: string, brought: string | undefined): Promise<OpenedSession> {
    const { database, context, clock } = this.#parts;
    const provider = this.#theProvider();
    const [id = '', binding = ''] = (brought ?? '').split('.');
    const travel = await database.unitOfWork.run(context, (tx) =>
      isUuid(id) ? takeCeremony<Travel>(tx, clock.now(), { kind: 'foreign_sign_in', id }) : undefined,
    );
    const known = travel !== undefined && travel.binding === digestOf(binding).toString('hex');
    const identity = known ? await provider.arrive(query, travel) : undefined;
    const opened = await database.unitOfWork.run(context, async (tx) => {
      const account = identity && (await accountOf(tx, identity));
      if (account === undefined || travel === undefined) {
        noteIdentityEvent(tx, clock.now(), { kind: 'sign_in_failed', detail: 'foreign' });
        return undefined;
      }
      return this.#signIn.begin(tx, account, travel);
    });
    if (opened === undefined) throw new IdentityRefused('sign-in-refused');
    return opened;
  }

  /**
   * Says who somebody is at the identity provider. They need no password then.
   *
   * @throws IdentityRefused `not-found`, `not-administrator`, `already-exists`
   */
  async link(staffId: string, subject: string, caller: Caller): Promise<void> {
    const { database, context, clock } = this.#parts;
    const { issuer } = this.#theProvider();
    const work = database.unitOfWork.run(context, async (tx) => {
      await memberUnder(tx, staffId, caller);
      const key = [context.tenant, staffId];
      const now = clock.now();
      const open = 'INSERT INTO accounts (tenant_id, staff_id, opened_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
      tx.send('account_open', open, [...key, now]);
      tx.send(
        'foreign_unlink',
        'DELETE FROM foreign_identities WHERE tenant_id = $1 AND staff_id = $2 AND issuer = $3',
        [...[...key, issuer]],
      );
      const add = `INSERT INTO foreign_identities (tenant_id, staff_id, issuer, subject, linked_by, linked_at)
        VALUES ($1, $2, $3, $4, $5, $6)`;
      tx.send('foreign_link', add, [...key, issuer, subject, caller.id, now]);
      noteIdentityEvent(tx, now, { kind: 'identity_linked', subject: staffId, by: caller.id });
    });
    await work.catch((error: unknown) => {
      throw sqlState(error) === uniqueViolation ? new IdentityRefused('already-exists') : error;
    });
  }

  #theProvider(): IdentityProvider {
    if (this.#provider === undefined) throw new IdentityRefused('not-found');
    return this.#provider;
  }
}

async function accountOf(queries: Queryable, { issuer, subject }: ForeignIdentity): Promise<Account | undefined> {
  const text = 'SELECT staff_id FROM foreign_identities WHERE tenant_id = $1 AND issuer = $2 AND subject = $3';
  const [row] = await queries.query<{ staff_id: string }>('foreign_find', text, [
    ...[queries.context.tenant, issuer, subject],
  ]);
  return row && findAccount(queries, row.staff_id);
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
