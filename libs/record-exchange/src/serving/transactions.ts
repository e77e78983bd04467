import type { Instant } from '#libs/calendar';
import type { Spean } from '#libs/composition';

/** One record that came with a transaction. */
export interface Transacted {
  readonly record_id: string;
  readonly state: string;
  /** Names fields and problems, never a value. */
  readonly reason: string | null;
  readonly received_at: Instant;
}

/** Notes under which number of its own a program sent a record. */
export async function noteTransaction(
  spean: Spean,
  account: string,
  { transactionId, recordId }: { transactionId: string; recordId: string },
): Promise<void> {
  await spean.database.unitOfWork.run(spean.context, (tx) => {
    const text = `INSERT INTO exchange_transactions (tenant_id, account, transaction_id, record_id)
      VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;
    tx.send('exchange_transaction_note', text, [tx.context.tenant, account, transactionId, recordId]);
    return Promise.resolve();
  });
}

/** What became of the records that a program sent under a number of its own; of another program's, nothing. */
export function findTransaction(spean: Spean, account: string, transactionId: string): Promise<Transacted[]> {
  const text = `SELECT r.record_id, r.state, r.reason, r.received_at FROM exchange_transactions t
    JOIN received_records r USING (tenant_id, record_id)
    WHERE t.tenant_id = $1 AND t.account = $2 AND t.transaction_id = $3 ORDER BY r.received_at, r.record_id`;
  return spean.database.read(spean.context, (queries) =>
    queries.query<Transacted>('exchange_transaction_find', text, [queries.context.tenant, account, transactionId]),
  );
}
