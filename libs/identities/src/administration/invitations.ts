import { v7 as uuidv7 } from 'uuid';

import type { Instant } from '#libs/calendar';
import type { Transaction } from '#libs/database';

import { findAccount } from '../accounts.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { hashPassword } from '../passwords/hashing.js';
import { assertPassword } from '../passwords/passwords.js';
import { IdentityRefused } from '../refusal.js';
import { digestOf, newToken } from '../secret-token.js';
import type { OpenedSession } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import type { Device, SignIn } from '../sign-in/sign-in.js';
import { hourMs, later } from '../time.js';

const validForMs = 72 * hourMs;

export interface Invitation {
  /** Told once, to whoever invites, who hands it over in person or by a way they trust. */
  readonly token: string;
  readonly expiresAt: Instant;
}

export interface Joining extends Omit<Device, 'address'> {
  readonly invitation: string;
  readonly password: string;
}

interface InvitedRow {
  id: string;
  staff_id: string;
  agency: string;
  title: string;
}

/** Lets people in for the first time, and again after they lost all that they could prove themselves with. */
export class Invitations {
  readonly #parts: IdentityParts;
  readonly #sessions: Sessions;
  readonly #signIn: SignIn;

  constructor(parts: IdentityParts, sessions: Sessions, signIn: SignIn) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#signIn = signIn;
  }

  /** Makes an invitation; an older one of the same person counts no more. */
  invite(tx: Transaction, staffId: string, by: string): Invitation {
    const now = this.#parts.clock.now();
    const [token, expiresAt] = [newToken(), later(now, validForMs)];
    const { tenant } = tx.context;
    const forget = 'DELETE FROM invitations WHERE tenant_id = $1 AND staff_id = $2 AND used_at IS NULL';
    tx.send('invitations_forget', forget, [tenant, staffId]);
    const add = `INSERT INTO invitations (tenant_id, id, staff_id, token_hash, invited_by, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`;
    tx.send('invitation_add', add, [tenant, uuidv7(), staffId, digestOf(token), by, now, expiresAt]);
    noteIdentityEvent(tx, now, { kind: 'invited', subject: staffId, by });
    return { token, expiresAt };
  }

  /**
   * Sets the password of whoever was invited and signs them in, to add a second factor. Everything they could prove
   * themselves with before is gone.
   *
   * @throws IdentityRefused `invitation-unusable`; EntryRefused
   */
  async join({ invitation, password, device, browser }: Joining): Promise<OpenedSession> {
    const { database, context } = this.#parts;
    const digest = digestOf(invitation);
    const invited = await this.#findUsable(digest);
    assertPassword('password', password, { staffId: invited.staff_id, agency: invited.agency, title: invited.title });
    const hash = await hashPassword(password);
    return database.unitOfWork.run(context, async (tx) => {
      await this.#use(tx, invited.id);
      await this.#beginAnew(tx, invited.staff_id, hash);
      const account = await findAccount(tx, invited.staff_id);
      if (account === undefined) throw new IdentityRefused('invitation-unusable');
      return this.#signIn.begin(tx, account, { device, browser });
    });
  }

  async #findUsable(digest: Buffer): Promise<InvitedRow> {
    const { database, context, clock } = this.#parts;
    const text = `SELECT i.id, i.staff_id, s.agency, s.title FROM invitations i
      JOIN staff s ON s.tenant_id = i.tenant_id AND s.id = i.staff_id
      WHERE i.tenant_id = $1 AND i.token_hash = $2 AND i.used_at IS NULL AND i.expires_at > $3 AND s.active`;
    const [row] = await database.read(context, (queries) =>
      queries.query<InvitedRow>('invitation_find', text, [context.tenant, digest, clock.now()]),
    );
    if (row === undefined) throw new IdentityRefused('invitation-unusable');
    return row;
  }

  /** @throws IdentityRefused `invitation-unusable` when somebody else was faster */
  async #use(tx: Transaction, id: string): Promise<void> {
    const text = `UPDATE invitations SET used_at = $3 WHERE tenant_id = $1 AND id = $2 AND used_at IS NULL RETURNING id`;
    const rows = await tx.query('invitation_use', text, [tx.context.tenant, id, this.#parts.clock.now()]);
    if (rows.length === 0) throw new IdentityRefused('invitation-unusable');
  }

  async #beginAnew(tx: Transaction, staffId: string, hash: string): Promise<void> {
    const now = this.#parts.clock.now();
    const key = [tx.context.tenant, staffId];
    const set = `INSERT INTO accounts (tenant_id, staff_id, password_hash, password_set_at, opened_at)
      VALUES ($1, $2, $3, $4, $4)
      ON CONFLICT (tenant_id, staff_id) DO UPDATE SET password_hash = excluded.password_hash,
        password_set_at = excluded.password_set_at, totp_secret = NULL, totp_offered = NULL, closed_at = NULL,
        demonstration = false`;
    tx.send('account_begin', set, [...key, hash, now]);
    tx.send('account_no_passkeys', 'DELETE FROM passkeys WHERE tenant_id = $1 AND staff_id = $2', key);
    tx.send('account_no_recovery', 'DELETE FROM recovery_codes WHERE tenant_id = $1 AND staff_id = $2', key);
    await this.#sessions.endAll(tx, staffId, { because: 'joined' });
    noteIdentityEvent(tx, now, { kind: 'joined', subject: staffId });
  }
}
