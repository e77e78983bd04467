import type { RosterSummary } from '#libs/facilities';
import type { FacilityView, Page } from '#libs/read-models';

import type { HttpClient, Recorded } from './http-client.js';

type More = Record<string, unknown>;

/** A member of staff at work on one facility: the requests of a story in few words. */
export class FacilityHand {
  constructor(
    private readonly client: HttpClient,
    /** Its id or its code. */
    readonly facility: string,
  ) {}

  move(to: string, more: More = {}): Promise<Recorded> {
    return this.#post('moves', { to, ...more });
  }

  inspect(result: string, findings: string[], more: More = {}): Promise<Recorded> {
    return this.#post('inspections', { result, findings, ...more });
  }

  accuse(text: string): Promise<Recorded> {
    return this.#post('accusations', { text });
  }

  clear(accusationId: string, reason: string): Promise<Recorded> {
    return this.#post(`accusations/${accusationId}/clearance`, { reason });
  }

  /** What came of each row; nothing is recorded on the facility itself. */
  async roster(rows: readonly object[]): Promise<RosterSummary> {
    return (await this.#post('roster', { rows })) as unknown as RosterSummary;
  }

  view(asOf?: string): Promise<FacilityView> {
    return this.client.get(this.#address(asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`));
  }

  async state(asOf?: string): Promise<string> {
    return (await this.view(asOf)).state;
  }

  /** Ids of the cases of all who live there. */
  async residents(): Promise<string[]> {
    const { items } = await this.client.get<Page<{ caseId: string }>>(this.#address('/residents?limit=100'));
    return items.map(({ caseId }) => caseId);
  }

  #post(address: string, body: object): Promise<Recorded> {
    return this.client.post(this.#address(`/${address}`), body);
  }

  #address(rest: string): string {
    return `/facilities/${this.facility}${rest}`;
  }
}
