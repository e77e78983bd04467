import type { CaseView, Page, TimelineEntry } from '#libs/read-models';
import type { NextStep } from '#libs/cases';

import type { HttpClient, Recorded } from './http-client.js';

/** When it happened, if not now; and whatever else the request may say. */
type More = Record<string, unknown>;

/** A member of staff at work on one case: the requests of a story in few words. */
export class CaseHand {
  constructor(
    private readonly client: HttpClient,
    readonly caseId: string,
  ) {}

  take(transition: string, more: More = {}): Promise<Recorded> {
    return this.#post('transitions', { transition, ...more });
  }

  document(code: string, more: More = {}): Promise<Recorded> {
    return this.#post('documents', { code, ...more });
  }

  /** One after the other: a case has one version. */
  async documents(...codes: string[]): Promise<void> {
    for (const code of codes) await this.document(code);
  }

  facts(facts: Record<string, string | number | boolean>, more: More = {}): Promise<Recorded> {
    return this.#post('facts', { facts, ...more });
  }

  risk(level: string, reason: string, more: More = {}): Promise<Recorded> {
    return this.#post('risk-level', { level, reason, ...more });
  }

  track(track: string, to: string, more: More = {}): Promise<Recorded> {
    return this.#post('tracks', { track, to, ...more });
  }

  consent(kind: string, giver: string, more: More = {}): Promise<Recorded> {
    return this.#post('consents', { kind, giver, manner: 'signature', language: 'km', ...more });
  }

  /** Both sign, as the law of their age asks of children from 12 on. */
  async bothConsent(kind: string, more: More = {}): Promise<void> {
    await this.consent(kind, 'child', more);
    await this.consent(kind, 'caregiver', more);
  }

  exception(code: string, kinds: string[], more: More): Promise<Recorded> {
    return this.#post('consent-exceptions', { code, kinds, ...more });
  }

  agreeToLowerRisk(proposalId: string): Promise<Recorded> {
    return this.#post(`risk-proposals/${proposalId}/agreement`, {});
  }

  approveException(exceptionId: string): Promise<Recorded> {
    return this.#post(`consent-exceptions/${exceptionId}/approval`, {});
  }

  /** A contact that reached the child, alone, unless `more` says otherwise. */
  contact(kind: string, more: More = {}): Promise<Recorded> {
    return this.#post('contacts', { kind, reached: true, withWhom: 'child', seenAlone: true, ...more });
  }

  note(kind: string, text: string, more: More = {}): Promise<Recorded> {
    return this.#post('notes', { kind, text, ...more });
  }

  decide(decision: More): Promise<Recorded> {
    return this.#post('decisions', decision);
  }

  draftReferral(service: string, toAgency: string, urgency: string, more: More = {}): Promise<Recorded> {
    return this.#post('referrals', { type: 'service', service: { code: service }, toAgency, urgency, ...more });
  }

  /** One step in the life of a referral: `sending`, `acceptance`, `start`, `completion` and so on. */
  referral(referralId: string, step: string, more: More = {}): Promise<Recorded> {
    return this.#post(`referrals/${referralId}/${step}`, more);
  }

  view(asOf?: string): Promise<CaseView> {
    return this.client.get<CaseView>(this.#address(asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`));
  }

  async state(asOf?: string): Promise<string | undefined> {
    return (await this.view(asOf)).enrolment?.state;
  }

  nextSteps(): Promise<NextStep[]> {
    return this.client.get<NextStep[]>(this.#address('/next-steps'));
  }

  /** The whole history, page by page. */
  async timeline(): Promise<TimelineEntry[]> {
    const entries: TimelineEntry[] = [];
    for (let cursor = ''; ;) {
      const page = await this.client.get<Page<TimelineEntry>>(this.#address(`/timeline?limit=100${cursor}`));
      entries.push(...page.items);
      if (page.next === null) return entries;
      cursor = `&cursor=${page.next}`;
    }
  }

  #post(address: string, body: object): Promise<Recorded> {
    return this.client.post(this.#address(`/${address}`), body);
  }

  #address(rest: string): string {
    return `/cases/${this.caseId}${rest}`;
  }
}

/** Which option a decision takes, and that those before it were considered and left. */
export function choosing(option: string, ...left: string[]): More {
  const considered = left.map((each) => ({ option: each, reason: 'Not safe for the child' }));
  return { option, options: [...considered, { option, reason: 'The best for the child' }] };
}

/** What comes with a step to declare that these guards hold. */
export function declared(...guards: string[]): More {
  return { attestations: guards.map((guard) => ({ guard, reason: 'Seen and written down' })) };
}

/** A decision as one person takes it, following what the child wants. */
export function decision(gate: string, outcome: string, by: { id: string; role: string; agency: string }): More {
  return {
    gate,
    outcome,
    options: [],
    members: [{ ...by, chair: true, vote: 'for' }],
    reasons: 'The child is safer so',
    views: { sought: 'language', said: 'I want this', followed: true },
    noticeGiven: true,
  };
}
