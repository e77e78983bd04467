import type { Transaction } from '#libs/database';

const eraseText = 'UPDATE streams SET status = 2 WHERE tenant_id = $1 AND stream_id = $2';

/** Closes a stream for good, as part of erasing its child: whatever is appended later is refused with StreamErased. */
export function markErased(tx: Transaction, streamId: string): void {
  tx.send('stream_erase', eraseText, [tx.context.tenant, streamId]);
}
