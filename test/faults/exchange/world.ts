import { setTimeout as pause } from 'node:timers/promises';

import type { Child } from './child.js';
import type { Desk } from './desk.js';
import { provincial, worker } from './directory.js';
import type { OurCase, Ours } from './ours.js';
import type { Partners } from './partners.js';

const lookEveryMs = 100;

/** What a story waited for did not happen in time. */
export class Stuck extends Error {
  override readonly name = 'Stuck';
}

/** Everything that a story can do here, and the two systems in which it does the rest. */
export class World {
  readonly partners: Partners;
  readonly ours: Ours;
  /** Milliseconds that answers took to be heard of, by who told whom. */
  readonly answerMs = new Map<string, readonly number[]>();
  readonly #desk: Desk;
  readonly #giveUp: AbortSignal;
  readonly #waiting = new Map<symbol, string>();
  #messages = 0;

  /** @param giveUp ends all waiting */
  constructor(partners: Partners, ours: Ours, desk: Desk, giveUp: AbortSignal) {
    this.partners = partners;
    this.ours = ours;
    this.#desk = desk;
    this.#giveUp = giveUp;
  }

  /** Things that have happened so far, on any side. */
  get messages(): number {
    return this.#messages;
  }

  /** Does something on one side, at once. */
  act<Result>(act: () => Result): Result {
    this.#messages += 1;
    return act();
  }

  /** For what stories wait now, and how many of them. */
  get waiting(): string {
    const counts = new Map<string, number>();
    for (const what of this.#waiting.values()) counts.set(what, (counts.get(what) ?? 0) + 1);
    return [...counts].map(([what, count]) => `${count} for ${what}`).join(', ');
  }

  /** @throws Stuck */
  async until<Found>(what: string, look: () => Found | undefined | false): Promise<Found> {
    const mark = Symbol(what);
    this.#waiting.set(mark, what);
    try {
      for (;;) {
        const found = look();
        if (found !== undefined && found !== false) return found;
        if (this.#giveUp.aborted) throw new Stuck(what);
        await pause(lookEveryMs);
      }
    } finally {
      this.#waiting.delete(mark);
    }
  }

  /** Something is answered on one side, and the other hears of it: how long that took is kept under the name. */
  async answered(name: string, act: () => unknown, look: () => boolean): Promise<void> {
    const started = performance.now();
    this.act(act);
    await this.until(name, look);
    const times = this.answerMs.get(name) ?? [];
    this.answerMs.set(name, [...times, performance.now() - started]);
  }

  post(path: string, body?: object, by = worker): Promise<{ id: string }> {
    return this.act(() => this.#desk.post(by, path, body));
  }

  /** A child and a case of it that waits to be enrolled. */
  async open(child: Child): Promise<{ caseId: string; personId: string }> {
    const { id: personId } = await this.post('/persons', { ...detailsOf(child), synthetic: true });
    const opening = { personId, owner: worker, province: '12', synthetic: true };
    const { id: caseId } = await this.post('/cases', opening);
    return { caseId, personId };
  }

  async rename(personId: string, child: Child): Promise<void> {
    await this.act(() => this.#desk.patch(worker, `/persons/${personId}`, detailsOf(child)));
  }

  risk(caseId: string, level: string): Promise<{ id: string }> {
    return this.post(`/cases/${caseId}/risk-level`, { level, reason: 'Assessed' });
  }

  /** The child and whoever cares for it consent. @returns the ids */
  async consent(caseId: string, kind: string, recipient?: string): Promise<string[]> {
    const ids: string[] = [];
    for (const giver of ['child', 'caregiver']) {
      const consent = { kind, giver, manner: 'thumbprint', language: 'km' };
      const given = recipient === undefined ? consent : { ...consent, recipient };
      ids.push((await this.post(`/cases/${caseId}/consents`, given)).id);
    }
    return ids;
  }

  /** @returns the id of the referral, which is sent */
  async refer(caseId: string, toAgency: string, text?: string): Promise<string> {
    const draft = { type: 'service', service: { code: 'counselling_trauma' }, toAgency, urgency: 'URGENT' };
    const referrals = `/cases/${caseId}/referrals`;
    const { id } = await this.post(referrals, text === undefined ? draft : { ...draft, reason: text });
    await this.post(`${referrals}/${id}/sending`);
    return id;
  }

  /** A case that came from elsewhere gets somebody who keeps it. @param name as in `primero id 3f0c…` */
  async takeOn(name: string): Promise<OurCase> {
    const known = await this.until(`${name.split(' ')[0]} case here`, () => this.ours.byName(name));
    const assignment = { owner: worker, agency: 'osvy-1201' };
    await this.post(`/cases/${known.caseId}/assignment`, assignment, provincial);
    return known;
  }

  /** Whether all referrals of a case are in this state here. */
  isOurs(caseId: string, state: string): boolean {
    const referrals = this.ours.byId(caseId)?.referrals ?? [];
    return referrals.length > 0 && referrals.every((each) => each.state === state);
  }
}

const detailsOf = ({ given, family, sex, birthDate, location }: Child) => ({
  sex,
  province: '12',
  identity: { givenNameLatin: given, familyNameLatin: family, birthDate },
  location: { locationCode: location },
});
