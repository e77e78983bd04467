import type { Transaction } from '#libs/database';

import { lockAccount } from '../accounts.js';
import { beginCeremony, takeCeremony } from '../ceremonies.js';
import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { IdentityRefused } from '../refusal.js';
import type { OpenedSession, Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import type { Device } from '../sign-in/sign-in.js';
import type { Enrolled, Factors } from './factors.js';
import * as table from './passkey-table.js';
import type { Proofs } from './proofs.js';
import type { AuthenticatorAnswer, RelyingParty } from './relying-party.js';

/** What an authenticator is asked, and the id of the ceremony that its answer belongs to. */
export interface Asked {
  readonly ceremony: string;
  /** For `navigator.credentials`, as its JSON form. */
  readonly options: object;
}

export interface Answered {
  readonly ceremony: string;
  readonly answer: AuthenticatorAnswer;
}

interface Challenge {
  readonly challenge: string;
}

/**
 * Passkeys: keys of authenticators that verify their user themselves. One of them is both factors at once, and what it
 * signs for a false page is worth nothing here.
 */
export class Passkeys {
  readonly #parts: IdentityParts;
  readonly #party: RelyingParty;
  readonly #sessions: Sessions;
  readonly #factors: Factors;
  readonly #proofs: Proofs;

  constructor(parts: IdentityParts, party: RelyingParty, sessions: Sessions, factors: Factors, proofs: Proofs) {
    this.#parts = parts;
    this.#party = party;
    this.#sessions = sessions;
    this.#factors = factors;
    this.#proofs = proofs;
  }

  of(staffId: string): Promise<table.Passkey[]> {
    const { database, context } = this.#parts;
    return database.read(context, (queries) => table.passkeysOf(queries, staffId));
  }

  async askToEnrol({ staffId }: Session): Promise<Asked> {
    const { database, context, clock } = this.#parts;
    const options = await this.#party.creationOptions(staffId, await this.of(staffId));
    const data: Challenge = { challenge: options.challenge };
    const ceremony = await database.unitOfWork.run(context, (tx) =>
      beginCeremony(tx, clock.now(), { kind: 'passkey_enrolment', staffId, data }),
    );
    return { ceremony, options };
  }

  /** @throws IdentityRefused `proof-refused` */
  async enrol(session: Session, { ceremony: id, answer }: Answered, title: string): Promise<Enrolled> {
    const { database, context, clock } = this.#parts;
    const { staffId } = session;
    return database.unitOfWork.run(context, async (tx) => {
      const account = await this.#factors.lockFor(tx, session);
      const begun = await takeCeremony<Challenge>(tx, clock.now(), { kind: 'passkey_enrolment', staffId, id });
      const credential = begun && (await this.#party.created(answer, begun.challenge));
      if (credential === undefined) throw new IdentityRefused('proof-refused');
      const { publicKey, counter, transports = [] } = credential;
      const passkey = { id: credential.id, staffId, publicKey: Buffer.from(publicKey), counter, transports, title };
      table.addPasskey(tx, passkey, clock.now());
      return this.#factors.enrolled(tx, session, account, 'passkey');
    });
  }

  /** @throws IdentityRefused `not-found`, `last-factor` */
  async remove({ staffId }: Session, id: string): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, async (tx) => {
      const account = await lockAccount(tx, staffId);
      if (account === undefined || !(await table.removePasskey(tx, staffId, id)))
        throw new IdentityRefused('not-found');
      if (account.passkeys === 1 && account.totpSecret === undefined) throw new IdentityRefused('last-factor');
      noteIdentityEvent(tx, clock.now(), { kind: 'factor_removed', subject: staffId, detail: 'passkey' });
    });
  }

  /** Asks whoever is there, for the authenticator knows whose key it holds. */
  async askWho(): Promise<Asked> {
    const { database, context, clock } = this.#parts;
    const options = await this.#party.requestOptions();
    const data: Challenge = { challenge: options.challenge };
    const ceremony = await database.unitOfWork.run(context, (tx) =>
      beginCeremony(tx, clock.now(), { kind: 'passkey_sign_in', data }),
    );
    return { ceremony, options };
  }

  /** @throws IdentityRefused `sign-in-refused` */
  async signIn(answered: Answered, { device, browser }: Omit<Device, 'address'>): Promise<OpenedSession> {
    return this.#whoever(answered, 'sign-in-refused', async (tx, staffId) =>
      this.#sessions.open(tx, { staffId, stage: 'open', device, browser }),
    );
  }

  /** As second factor of a session, or once more. @throws IdentityRefused `proof-refused` */
  async prove(session: Session, answered: Answered): Promise<OpenedSession> {
    return this.#whoever(answered, 'proof-refused', async (tx, staffId) =>
      staffId === session.staffId ? this.#proofs.accept(tx, session, 'passkey') : undefined,
    );
  }

  async #whoever(
    { ceremony: id, answer }: Answered,
    refusal: 'sign-in-refused' | 'proof-refused',
    then: (tx: Transaction, staffId: string) => Promise<OpenedSession | undefined>,
  ): Promise<OpenedSession> {
    const { database, context, clock } = this.#parts;
    const opened = await database.unitOfWork.run(context, async (tx) => {
      const begun = await takeCeremony<Challenge>(tx, clock.now(), { kind: 'passkey_sign_in', id });
      const staffId = begun && (await this.#ownerOf(tx, answer, begun.challenge));
      const session = staffId === undefined ? undefined : await then(tx, staffId);
      if (session === undefined) {
        noteIdentityEvent(tx, clock.now(), { kind: 'sign_in_failed', subject: staffId, detail: 'passkey' });
      }
      return session;
    });
    if (opened === undefined) throw new IdentityRefused(refusal);
    return opened;
  }

  /** Whose passkey has answered rightly, if they are still here. */
  async #ownerOf(tx: Transaction, answer: AuthenticatorAnswer, challenge: string): Promise<string | undefined> {
    const passkey = typeof answer['id'] === 'string' ? await table.lockPasskey(tx, answer['id']) : undefined;
    const account = passkey && (await lockAccount(tx, passkey.staffId));
    if (passkey === undefined || account === undefined) return undefined;
    const counter = await this.#party.answered(answer, challenge, passkey);
    if (counter === undefined) return undefined;
    table.markUsed(tx, passkey.id, counter, this.#parts.clock.now());
    return account.staffId;
  }
}
