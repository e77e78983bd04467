import type { Transaction } from '#libs/database';

import { hasSecondFactor, lockAccount, type Account } from '../accounts.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { isPassword } from '../passwords/hashing.js';
import { IdentityRefused } from '../refusal.js';
import type { OpenedSession, Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import type { Failures } from '../sign-in/failures.js';
import { useRecoveryCode } from './recovery-codes.js';
import { stepOfCode } from './totp.js';

/** What somebody who is signed in proves themselves with, once more or as the second factor. */
export type Proof =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'recovery_code'; readonly code: string }
  /** Counts only for those who need no second factor. */
  | { readonly kind: 'password'; readonly password: string };

/** Takes proofs of sessions that owe one. A right one renews the session, with all its owner's rights. */
export class Proofs {
  readonly #parts: IdentityParts;
  readonly #sessions: Sessions;
  readonly #failures: Failures;

  constructor(parts: IdentityParts, sessions: Sessions, failures: Failures) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#failures = failures;
  }

  /** @throws IdentityRefused `proof-refused`, `too-many-attempts` */
  async give(session: Session, proof: Proof, address: string): Promise<OpenedSession> {
    const { database, context, clock } = this.#parts;
    const { staffId } = session;
    await this.#failures.begin(staffId, address);
    const opened = await database.unitOfWork.run(context, async (tx) => {
      const account = await lockAccount(tx, staffId);
      if (account !== undefined && (await this.#holds(tx, account, proof))) {
        await this.#failures.forget(tx, staffId);
        await this.#failures.right(tx, address);
        return this.accept(tx, session, proof.kind);
      }
      noteIdentityEvent(tx, clock.now(), {
        ...{ kind: 'proof_failed', subject: staffId, session: session.id, detail: proof.kind },
      });
      return undefined;
    });
    if (opened === undefined) throw new IdentityRefused('proof-refused');
    return opened;
  }

  /** Renews a session within the transaction in which its owner proved who they are. */
  async accept(tx: Transaction, session: Session, detail: string): Promise<OpenedSession | undefined> {
    const { staffId: subject, id } = session;
    noteIdentityEvent(tx, this.#parts.clock.now(), { kind: 'proved', subject, session: id, detail });
    return this.#sessions.renew(tx, session);
  }

  async #holds(tx: Transaction, account: Account, proof: Proof): Promise<boolean> {
    switch (proof.kind) {
      case 'code':
        return this.#isCode(tx, account, proof.code);
      case 'recovery_code':
        return useRecoveryCode(tx, account.staffId, proof.code, this.#parts.clock.now());
      case 'password':
        return (
          this.#parts.demonstration && !hasSecondFactor(account) && isPassword(account.passwordHash, proof.password)
        );
    }
  }

  /** The account is locked, so of two that send the same code at the same moment only one is let in. */
  async #isCode(tx: Transaction, { staffId, totpSecret, totpStep }: Account, code: string): Promise<boolean> {
    if (totpSecret === undefined) return false;
    const kept = { wrapped: totpSecret, lastStep: totpStep };
    const step = await stepOfCode(this.#parts.masterKey, kept, { staffId, code, now: this.#parts.clock.now() });
    if (step === undefined) return false;
    const text = 'UPDATE accounts SET totp_step = $3 WHERE tenant_id = $1 AND staff_id = $2';
    tx.send('account_totp_step', text, [tx.context.tenant, staffId, step]);
    return true;
  }
}
