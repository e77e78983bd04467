import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from './page.js';
import { noConflict, type Caller } from './scope.js';

/** A notice to a member of staff: the code of the case or facility and the kind of task, nothing of the child. */
export interface NoticeRow {
  stream_id: string;
  /** Whether it is about a facility and not about a case. */
  of_facility: boolean;
  version: number;
  case_code: string;
  subject: string;
  overdue: boolean;
  created_at: Instant;
  read_at: Instant | null;
}

/** The caller's notices, newest first; what has become hidden from them since is gone. */
export async function inbox(queries: Queryable, caller: Caller, page: PageRequest): Promise<Page<NoticeRow>> {
  const cursor = decodeCursor(page.cursor, 3) ?? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 2 ** 31 - 1];
  const rows = await queries.query<NoticeRow>(
    'inbox_page',
    `SELECT i.stream_id, f.stream_id IS NOT NULL AS of_facility, i.version, i.case_code, i.subject, i.overdue,
       i.created_at, i.read_at
     FROM inbox i
       LEFT JOIN case_summary c ON c.tenant_id = i.tenant_id AND c.stream_id = i.stream_id
       LEFT JOIN facility_summary f ON f.tenant_id = i.tenant_id AND f.stream_id = i.stream_id
     WHERE i.tenant_id = $1 AND i.recipient = $2
       AND (c.stream_id IS NULL OR (${noConflict})) AND (f.stream_id IS NULL OR NOT (f.accused AND f.code = $3))
       AND (i.created_at, i.stream_id, i.version) < ($4::timestamptz, $5::uuid, $6::int)
     ORDER BY i.created_at DESC, i.stream_id DESC, i.version DESC LIMIT $7`,
    [queries.context.tenant, caller.id, caller.agency, ...cursor, page.limit + 1],
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
