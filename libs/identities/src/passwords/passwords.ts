import { findAccount, lockAccount } from '../accounts.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { EntryRefused, IdentityRefused } from '../refusal.js';
import type { Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import { hashPassword, isPassword } from './hashing.js';
import { passwordProblem } from './password-problem.js';

interface Owner {
  readonly staffId: string;
  readonly agency: string;
  readonly title: string;
}

/** @throws EntryRefused naming the field and why */
export function assertPassword(field: string, password: string, { staffId, agency, title }: Owner): void {
  const problem = passwordProblem(password, [staffId, agency, title]);
  if (problem !== undefined) throw new EntryRefused(field, problem);
}

/** Passwords that their owners change. */
export class Passwords {
  readonly #parts: IdentityParts;
  readonly #sessions: Sessions;

  constructor(parts: IdentityParts, sessions: Sessions) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  /**
   * Ends all other sessions: whoever knew the old password may be in one of them.
   *
   * @throws IdentityRefused `proof-refused`; EntryRefused
   */
  async change({ staffId, id }: Session, { current, next }: { current: string; next: string }): Promise<void> {
    const { database, context, clock } = this.#parts;
    const account = await database.read(context, (queries) => findAccount(queries, staffId));
    if (!(await isPassword(account?.passwordHash, current)) || account === undefined) {
      throw new IdentityRefused('proof-refused');
    }
    assertPassword('next', next, account);
    const hash = await hashPassword(next);
    await database.unitOfWork.run(context, async (tx) => {
      const present = await lockAccount(tx, staffId);
      if (present?.passwordHash !== account.passwordHash) throw new IdentityRefused('proof-refused');
      const text = `UPDATE accounts SET password_hash = $3, password_set_at = $4, demonstration = false
        WHERE tenant_id = $1 AND staff_id = $2`;
      tx.send('account_password', text, [context.tenant, staffId, hash, clock.now()]);
      noteIdentityEvent(tx, clock.now(), { kind: 'password_set', subject: staffId, session: id });
      await this.#sessions.endAll(tx, staffId, { but: id, because: 'password_set' });
    });
  }
}
