import { setTimeout as pause } from 'node:timers/promises';

import type { Stage } from '../installation/stage.js';
import type { Desk } from './desk.js';
import { integrator } from './directory.js';
import type { Partners } from './partners.js';

interface Waiting {
  readonly sent_id: string;
  readonly stream_id: string;
  readonly known_as: string | null;
}

/** Asked for once, and nobody knows whether the request arrived. */
const waitingText = `SELECT s.sent_id, s.stream_id, f.value AS known_as FROM sent_records s
  LEFT JOIN foreign_identifiers f ON f.tenant_id = s.tenant_id AND f.stream_id = s.stream_id
    AND f.system = 'primero' AND f.name = 'case_id'
  WHERE s.state = 'parked' AND s.reason = 'unanswered'`;

const everyMs = 1_000;

/**
 * The person whom OSCaR's silence is left to: rings the organisation up, asks whether a referral arrived, and has it sent
 * again where it did not.
 */
export class Telephone {
  readonly #over = new AbortController();
  readonly #calling: Promise<void>;
  /** Referrals that were asked about. */
  readonly asked = new Set<string>();
  #sentAgain = 0;

  constructor(stage: Stage, { oscar }: Partners, desk: Desk) {
    this.#calling = stage.asAdmin(async (client) => {
      while (!this.#over.signal.aborted) {
        const { rows } = await client.query<Waiting>(waitingText);
        for (const { sent_id: id, stream_id: caseId, known_as: known } of rows) {
          this.asked.add(id);
          const arrived = oscar.state.referrals.some((each) => [caseId, known].includes(each.external_id));
          if (arrived) continue;
          await desk.post(integrator, `/exchange/records/${id}/replay`);
          this.#sentAgain += 1;
        }
        await pause(everyMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
      }
    });
    this.#calling.catch(() => undefined); // told when it is closed
  }

  get sentAgain(): number {
    return this.#sentAgain;
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#calling;
  }
}
