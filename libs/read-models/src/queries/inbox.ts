import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';
import type { Caller } from './scope.js';
import { decodeCursor, pageOf, type Page, type PageRequest } from './page.js';

/** A notice to a member of staff: the case's code and the kind of task, nothing of the child. */
export interface NoticeRow {
  stream_id: string;
  version: number;
  case_code: string;
  subject: string;
  overdue: boolean;
  created_at: Instant;
  read_at: Instant | null;
}

/** The caller's notices, newest first. */
export async function inbox(queries: Queryable, caller: Caller, page: PageRequest): Promise<Page<NoticeRow>> {
  const cursor = decodeCursor(page.cursor, 3) ?? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 2 ** 31 - 1];
  const rows = await queries.query<NoticeRow>(
    'inbox_page',
    `SELECT stream_id, version, case_code, subject, overdue, created_at, read_at FROM inbox
     WHERE tenant_id = $1 AND recipient = $2
       AND (created_at, stream_id, version) < ($3::timestamptz, $4::uuid, $5::int)
     ORDER BY created_at DESC, stream_id DESC, version DESC LIMIT $6`,
    [queries.context.tenant, caller.id, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.created_at, row.stream_id, row.version],
  );
}

export function markRead(tx: Transaction, caller: Caller, streamId: string, version: number, now: Instant): void {
  tx.send(
    'inbox_read',
    `UPDATE inbox SET read_at = coalesce(read_at, $5)
     WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND recipient = $4`,
    [tx.context.tenant, streamId, version, caller.id, now],
  );
}
