import { cambodia, localDateOf } from '#libs/calendar';

import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';

/** Counts the records that programs are told or write, and freezes those that take more than a day's work needs. */
export class ServiceBudget {
  readonly #parts: IdentityParts;

  constructor(parts: IdentityParts) {
    this.#parts = parts;
  }

  /**
   * Counts before anything is told, so that what is over the budget stays here.
   *
   * @returns whether the account may go on; if not, it is frozen now
   */
  async spend(account: string, records: number): Promise<boolean> {
    const { database, context, clock } = this.#parts;
    const now = clock.now();
    const day = localDateOf(now, cambodia.zone);
    return database.unitOfWork.run(context, async (tx) => {
      const count = `INSERT INTO service_use (tenant_id, account, day, records) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, account, day) DO UPDATE SET records = service_use.records + excluded.records
        RETURNING records > (SELECT daily_records FROM service_accounts WHERE tenant_id = $1 AND id = $2) AS over`;
      const [row] = await tx.query<{ over: boolean }>('service_spend', count, [context.tenant, account, day, records]);
      if (row?.over !== true) return true;
      const freeze = `UPDATE service_accounts SET frozen_at = $3
        WHERE tenant_id = $1 AND id = $2 AND frozen_at IS NULL RETURNING id`;
      const frozen = await tx.query('service_freeze', freeze, [context.tenant, account, now]);
      if (frozen.length > 0) {
        noteIdentityEvent(tx, now, { kind: 'service_frozen', subject: account, detail: 'daily_records' });
      }
      return false;
    });
  }
}
