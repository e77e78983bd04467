import { setTimeout as pause } from 'node:timers/promises';

import type { Client } from 'pg';

import type { Stage } from '../installation/stage.js';

/** A case as the installation has it. */
export interface OurCase {
  readonly caseId: string;
  readonly personId: string;
  readonly owner: string | null;
  readonly risk: string | null;
  readonly referrals: readonly { readonly referralId: string; readonly state: string }[];
  /** What other systems call it, as `system name value`. */
  readonly names: readonly string[];
}

const casesText = `SELECT stream_id AS "caseId", person_id AS "personId", owner, risk,
    coalesce((SELECT json_agg(json_build_object('referralId', r.referral_id, 'state', r.state) ORDER BY r.referral_id)
      FROM referrals r WHERE r.tenant_id = c.tenant_id AND r.stream_id = c.stream_id), '[]') AS referrals,
    coalesce((SELECT array_agg(concat_ws(' ', f.system, f.name, f.value)) FROM foreign_identifiers f
      WHERE f.tenant_id = c.tenant_id AND f.stream_id = c.stream_id), '{}') AS names
  FROM case_summary c`;

const lookEveryMs = 400;

/** Looks again and again at all cases of the installation, past row-level security. */
export class Ours {
  readonly #over = new AbortController();
  readonly #looking: Promise<void>;
  #cases: readonly OurCase[] = [];
  #byId = new Map<string, OurCase>();
  #byName = new Map<string, OurCase>();

  constructor(stage: Stage) {
    this.#looking = stage.asAdmin((client) => this.#look(client));
    this.#looking.catch(() => undefined); // told when it is closed
  }

  get cases(): readonly OurCase[] {
    return this.#cases;
  }

  byId = (caseId: string): OurCase | undefined => this.#byId.get(caseId);

  /** @param name as in `primero id 3f0c…` */
  byName = (name: string): OurCase | undefined => this.#byName.get(name);

  async close(): Promise<void> {
    this.#over.abort();
    await this.#looking;
  }

  async #look(client: Client): Promise<void> {
    while (!this.#over.signal.aborted) {
      const { rows } = await client.query<OurCase>(casesText);
      this.#cases = rows;
      this.#byId = new Map(rows.map((row) => [row.caseId, row]));
      this.#byName = new Map(rows.flatMap((row) => row.names.map((name) => [name, row] as const)));
      await pause(lookEveryMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
    }
  }
}
