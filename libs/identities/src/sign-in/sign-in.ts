import type { Transaction } from '#libs/database';

import { findAccount, hasSecondFactor, type Account } from '../accounts.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { isPassword } from '../passwords/hashing.js';
import { IdentityRefused } from '../refusal.js';
import type { OpenedSession, SessionStage } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import type { Failures } from './failures.js';

/** Where a session is going to be used. */
export interface Device {
  readonly device: string;
  /** The token travels in a cookie. */
  readonly browser: boolean;
  /** Network address of the caller. */
  readonly address: string;
}

export interface PasswordSignIn extends Device {
  readonly account: string;
  readonly password: string;
}

/** Lets members of staff in by what they know; a second factor decides how far. */
export class SignIn {
  readonly #parts: IdentityParts;
  readonly #sessions: Sessions;
  readonly #failures: Failures;

  constructor(parts: IdentityParts, sessions: Sessions, failures: Failures) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#failures = failures;
  }

  /**
   * The same answer, after the same work, whether the account does not exist, is closed, or has another password.
   *
   * @throws IdentityRefused `sign-in-refused`, `too-many-attempts`
   */
  async byPassword({ account: name, password, ...where }: PasswordSignIn): Promise<OpenedSession> {
    const { database, context } = this.#parts;
    await this.#failures.begin(name, where.address);
    const account = await database.read(context, (queries) => findAccount(queries, name));
    if (!(await isPassword(account?.passwordHash, password)) || account === undefined) {
      throw await this.#refused(account);
    }
    return database.unitOfWork.run(context, async (tx) => {
      const opened = this.begin(tx, account, where);
      // Whoever knows the password alone must not be able to wipe out failures at the second factor.
      if (opened.session.stage !== 'second_factor') await this.#failures.forget(tx, name);
      await this.#failures.right(tx, where.address);
      return opened;
    });
  }

  /** A session for somebody who has given a first factor. */
  begin(tx: Transaction, account: Account, { device, browser }: Omit<Device, 'address'>): OpenedSession {
    return this.#sessions.open(tx, { staffId: account.staffId, stage: this.#stageFor(account), device, browser });
  }

  #stageFor(account: Account): SessionStage {
    if (hasSecondFactor(account)) return 'second_factor';
    return this.#parts.demonstration ? 'open' : 'enrolment';
  }

  async #refused(account: Account | undefined): Promise<IdentityRefused> {
    const { database, context, clock } = this.#parts;
    const event = { kind: 'sign_in_failed', subject: account?.staffId, detail: 'password' } as const;
    await database.unitOfWork.run(context, (tx) => noteIdentityEvent(tx, clock.now(), event));
    return new IdentityRefused('sign-in-refused');
  }
}
