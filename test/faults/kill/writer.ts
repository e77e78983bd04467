import { randomUUID } from 'node:crypto';

import type { CommandKind } from '../check/traces.js';
import type { Counter, Told } from '../load/counter.js';
import { answerer, receiver } from '../installation/directory.js';
import { openSurvivorCase } from '../load/opening.js';
import { exposureWithRungSoon } from './rungs-soon.js';

/** Cases that take part; all writers work on all of them. */
export type Cases = string[];

const referralShare = 0.25;
const openingShare = 0.05;
const contactShare = 0.2;
/** Of the referrals that are answered, those that two people answer at the same moment. */
const rivalShare = 0.3;

/** A social worker at work: notes, contacts, referrals and new cases, one after the other, as fast as answers come. */
export class Writer {
  readonly #id: string;
  readonly #counter: Counter;
  readonly #cases: Cases;

  constructor(id: string, counter: Counter, cases: Cases) {
    this.#id = id;
    this.#counter = counter;
    this.#cases = cases;
  }

  async work(until: AbortSignal): Promise<void> {
    while (!until.aborted) await this.#doSomething();
  }

  /** Opens a case whose deadlines reach rungs at once and within the next half minute. */
  async openCase(): Promise<void> {
    const opened = await openSurvivorCase(this.#counter, this.#id, exposureWithRungSoon(Date.now()));
    if (opened === undefined) return;
    const mark = newMark();
    const consent = { kind: 'CONSENT_SHARING', giver: 'child', manner: 'thumbprint', language: 'km' };
    const sharing = { ...consent, purpose: mark, recipient: receiver };
    const given = await this.#ask('consent', mark, `/cases/${opened.id}/consents`, sharing);
    if (given !== undefined) this.#cases.push(opened.id);
  }

  async #doSomething(): Promise<void> {
    const dice = Math.random();
    const caseId = this.#cases[Math.floor(Math.random() * this.#cases.length)];
    if (caseId === undefined || dice < openingShare) return this.openCase();
    if (dice < openingShare + referralShare) return this.#refer(`/cases/${caseId}/referrals`);
    const mark = newMark();
    if (dice < openingShare + referralShare + contactShare) {
      const contact = { kind: 'PHONE', reached: true, withWhom: mark, seenAlone: false };
      await this.#ask('contact', mark, `/cases/${caseId}/contacts`, contact);
    } else {
      await this.#ask('note', mark, `/cases/${caseId}/notes`, { kind: mark, text: 'All is well' });
    }
  }

  async #refer(referrals: string): Promise<void> {
    const mark = newMark();
    const draft = { type: 'service', service: { code: mark }, toAgency: receiver, urgency: 'URGENT' };
    const drafted = await this.#ask('draft', mark, referrals, draft);
    if (drafted === undefined) return;
    const referral = `${referrals}/${drafted.id}`;
    if ((await this.#ask('sending', drafted.id, `${referral}/sending`, {})) === undefined) return;
    const accepted = this.#ask('acceptance', drafted.id, `${referral}/acceptance`, {}, answerer);
    const reason = { reason: 'NO_CAPACITY' };
    const rival = Math.random() < rivalShare;
    await Promise.all([
      accepted,
      ...(rival ? [this.#ask('rejection', drafted.id, `${referral}/rejection`, reason, answerer)] : []),
    ]);
  }

  #ask(kind: CommandKind, mark: string, path: string, body: object, by = this.#id): Promise<Told | undefined> {
    return this.#counter.ask({ kind, mark, path, body }, by);
  }
}

const newMark = (): string => `m-${randomUUID()}`;
