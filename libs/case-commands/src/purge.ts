import type { Transaction } from '#libs/database';
import { markErased } from '#libs/event-store';
import { writeTokens } from '#libs/read-models';
import type { Erasure } from './erasure-ledger.js';
import type { CaseCommandsParts } from './parts.js';

const receivedText = `SELECT DISTINCT person_id AS id FROM received_records
  WHERE tenant_id = $1 AND (person_id = ANY ($2::uuid[]) OR stream_id = ANY ($3::uuid[]))`;

/** The row stays without its record, so that the same record, sent again, is known as one that was forgotten. */
const forgetReceivedText = `UPDATE received_records SET state = 'erased', sealed = '', reason = NULL
  WHERE tenant_id = $1 AND (person_id = ANY ($2::uuid[]) OR stream_id = ANY ($3::uuid[]))`;

/** What was sent of the child, and that it was; what was still to be sent is not. */
const forgetSentText = `UPDATE sent_records SET sealed = NULL, findings = '{}',
    state = CASE state WHEN 'pending' THEN 'ignored' ELSE state END,
    reason = CASE state WHEN 'pending' THEN 'erased' ELSE reason END
  WHERE tenant_id = $1 AND (person_id = ANY ($2::uuid[]) OR stream_id = ANY ($3::uuid[]))`;

const addText = `INSERT INTO erasures (tenant_id, erasure_id, people, cases, because, proposed_by, approved_by, erased_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/**
 * Everything of a child that is kept outside the log: keys, tokens, records as received, notices and what was still to be
 * sent. Done twice, it does nothing the second time. What the keys sealed, in the log and wherever it was copied, is
 * unreadable from the commit on.
 */
export async function purge(tx: Transaction, { keyStore }: CaseCommandsParts, erasure: Erasure): Promise<void> {
  const { tenant } = tx.context;
  const { people, cases } = erasure;
  const received = await tx.query<{ id: string }>('erase_received_find', receivedText, [tenant, people, cases]);
  for (const id of new Set([...people, ...received.map((row) => row.id)])) await keyStore.destroy(tx, id);
  for (const id of people) writeTokens(tx, id, []);
  tx.send('erase_received', forgetReceivedText, [tenant, people, cases]);
  tx.send('erase_sent', forgetSentText, [tenant, people, cases]);
  for (const table of ['inbox', 'outbox', 'exchange_owed']) {
    tx.send(`erase_${table}`, `DELETE FROM ${table} WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[])`, [
      tenant,
      [...people, ...cases],
    ]);
  }
  for (const id of [...people, ...cases]) markErased(tx, id);
  tx.send('erasure_add', addText, [
    tenant,
    erasure.erasureId,
    people,
    cases,
    erasure.because,
    erasure.proposedBy,
    erasure.approvedBy,
    erasure.at,
  ]);
}
