import type { Transaction } from '#libs/database';

import { hasSecondFactor, lockAccount, type Account } from '../accounts.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { IdentityRefused } from '../refusal.js';
import type { OpenedSession, Session } from '../sessions/session.js';
import type { Proofs } from './proofs.js';
import { makeRecoveryCodes } from './recovery-codes.js';
import { newTotp, stepOfCode, type OfferedTotp } from './totp.js';

/** What adding a factor comes to: a renewed session, and recovery codes with the first one. */
export interface Enrolled {
  readonly opened: OpenedSession;
  readonly recoveryCodes: readonly string[];
}

/** Second factors of members of staff: added, replaced, removed. */
export class Factors {
  readonly #parts: IdentityParts;
  readonly #proofs: Proofs;

  constructor(parts: IdentityParts, proofs: Proofs) {
    this.#parts = parts;
    this.#proofs = proofs;
  }

  /** Offers a secret for an authenticator app; it counts once a code of it was given. */
  async offerTotp(session: Session): Promise<OfferedTotp> {
    const { database, context, masterKey } = this.#parts;
    const { wrapped, secret, uri } = await newTotp(masterKey, session.staffId);
    await database.unitOfWork.run(context, async (tx) => {
      await this.lockFor(tx, session);
      const text = `UPDATE accounts SET totp_offered = $3, totp_offered_master_key_id = $4
        WHERE tenant_id = $1 AND staff_id = $2`;
      tx.send('account_totp_offer', text, [context.tenant, session.staffId, wrapped, masterKey.id]);
    });
    return { secret, uri };
  }

  /** @throws IdentityRefused `proof-refused` when the code is not of the secret offered last */
  async confirmTotp(session: Session, code: string): Promise<Enrolled> {
    const { database, context, masterKey, clock } = this.#parts;
    return database.unitOfWork.run(context, async (tx) => {
      const account = await this.lockFor(tx, session);
      const wrapped = account.totpOffered;
      if (wrapped === undefined) throw new IdentityRefused('proof-refused');
      const asked = { staffId: session.staffId, code, now: clock.now() };
      const step = await stepOfCode(masterKey, { wrapped, lastStep: 0 }, asked);
      if (step === undefined) throw new IdentityRefused('proof-refused');
      const text = `UPDATE accounts SET totp_secret = totp_offered, totp_secret_master_key_id = totp_offered_master_key_id,
          totp_offered = NULL, totp_step = $3
        WHERE tenant_id = $1 AND staff_id = $2`;
      tx.send('account_totp_set', text, [context.tenant, session.staffId, step]);
      return this.enrolled(tx, session, account, 'totp');
    });
  }

  /** @throws IdentityRefused `last-factor`, `not-found` */
  async removeTotp({ staffId }: Session): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, async (tx) => {
      const account = await lockAccount(tx, staffId);
      if (account?.totpSecret === undefined) throw new IdentityRefused('not-found');
      if (account.passkeys === 0) throw new IdentityRefused('last-factor');
      const text = 'UPDATE accounts SET totp_secret = NULL WHERE tenant_id = $1 AND staff_id = $2';
      tx.send('account_totp_remove', text, [context.tenant, staffId]);
      noteIdentityEvent(tx, clock.now(), { kind: 'factor_removed', subject: staffId, detail: 'totp' });
    });
  }

  async newRecoveryCodes({ staffId }: Session): Promise<string[]> {
    const { database, context, clock } = this.#parts;
    return database.unitOfWork.run(context, async (tx) => {
      noteIdentityEvent(tx, clock.now(), { kind: 'recovery_codes_made', subject: staffId });
      return makeRecoveryCodes(tx, staffId);
    });
  }

  /**
   * The account of a session, held until the transaction ends. A session that was opened by a password alone may add the
   * first factor and no other: somebody else may know the password, too.
   *
   * @throws IdentityRefused `proof-refused`
   */
  async lockFor(tx: Transaction, { staffId, stage }: Session): Promise<Account> {
    const account = await lockAccount(tx, staffId);
    if (account === undefined || (stage !== 'open' && hasSecondFactor(account))) {
      throw new IdentityRefused('proof-refused');
    }
    return account;
  }

  /** A factor was added in this transaction; whoever has shown it has proved who they are. */
  async enrolled(tx: Transaction, session: Session, before: Account, detail: 'totp' | 'passkey'): Promise<Enrolled> {
    const { staffId: subject, id } = session;
    noteIdentityEvent(tx, this.#parts.clock.now(), { kind: 'factor_enrolled', subject, session: id, detail });
    const recoveryCodes = hasSecondFactor(before) ? [] : await makeRecoveryCodes(tx, subject);
    const opened = await this.#proofs.accept(tx, session, detail);
    if (opened === undefined) throw new IdentityRefused('proof-refused');
    return { opened, recoveryCodes };
  }
}
