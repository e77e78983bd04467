import { Injectable } from '@nestjs/common';

import { Matching } from '#libs/directories';

/** Something on a list that may be about a referral for which another provider is looked for. */
interface Searching {
  caseId: string;
  /** The referral; null where it is about none. */
  referralId: string | null;
}

/** Shows beside a list whom to ask next: one question for the whole page. */
@Injectable()
export class NextProviders {
  constructor(private readonly matching: Matching) {}

  /** The next provider of each item, in its order; null where none is looked for, or nobody fits. */
  async of<Item>(items: readonly Item[], searching: (item: Item) => Searching): Promise<(string | null)[]> {
    const about = items.map(searching);
    const keys = about.flatMap(({ caseId, referralId }) => (referralId === null ? [] : [{ caseId, referralId }]));
    const next = await this.matching.nextProviders(keys);
    return about.map(({ referralId }) => (referralId === null ? null : (next.get(referralId) ?? null)));
  }
}
