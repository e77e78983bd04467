import { caseFor, createCase, write } from './cases.js';
import type { Fields } from './fields.js';
import type { PrimeroState, StoredCase, Transition } from './state.js';
import { answer, assign, refer, transitionFor } from './transitions.js';
import type { PrimeroUser } from './users.js';

/** The people who work in Primero: what they do in its pages, without HTTP and without a service account. */
export class PrimeroStaff {
  constructor(private readonly state: PrimeroState) {}

  openCase(userName: string, fields: Fields): StoredCase {
    return createCase(this.state, { module_id: 'primeromodule-cp', ...fields }, userName);
  }

  /** Rows of subforms merge as they do over the interface. */
  changeCase(userName: string, caseId: string, fields: Fields): void {
    write(this.state, this.#case(userName, caseId), fields, userName);
  }

  assign(userName: string, caseId: string, to: string): void {
    assign(this.state, this.#case(userName, caseId), { transitioned_to: to }, this.#user(userName));
  }

  refer(userName: string, caseId: string, referral: Fields): Transition {
    return refer(this.state, this.#case(userName, caseId), referral, this.#user(userName));
  }

  acceptReferral(userName: string, caseId: string, referralId: string): void {
    this.#answer(userName, caseId, referralId, { status: 'accepted' });
  }

  rejectReferral(userName: string, caseId: string, referralId: string, reason: string): void {
    this.#answer(userName, caseId, referralId, { status: 'rejected', rejected_reason: reason });
  }

  #answer(userName: string, caseId: string, referralId: string, sent: Fields): void {
    const stored = this.#case(userName, caseId);
    const referral = transitionFor(this.state, stored.id, referralId, 'Referral');
    answer(this.state, stored, referral, sent, this.#user(userName));
  }

  #case = (userName: string, caseId: string): StoredCase => caseFor(this.state, this.#user(userName), caseId);

  #user(userName: string): PrimeroUser {
    const user = this.state.users.get(userName);
    if (user === undefined) throw new Error('no such user');
    return user;
  }
}
