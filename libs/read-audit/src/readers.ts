import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';

/** One time that somebody was shown something of a child. */
export interface Reading {
  readonly id: number;
  readonly at: Instant;
  readonly reader: string;
  readonly agency: string | null;
  readonly roles: readonly string[];
  readonly relations: readonly string[];
  readonly purpose: string;
  readonly route: string;
  readonly classes: readonly string[];
  /** How many records the same answer showed: a list of fifty is not a look at one child. */
  readonly records: number;
  readonly traceId: string;
}

export interface ReadersAsked {
  /** Records that are of this one child. */
  readonly personIds: readonly string[];
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Only what lies before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

const readersText = `SELECT id, at, reader, agency, roles, relations, purpose, route, classes,
    cardinality(person_ids) AS records, trace_id AS "traceId"
  FROM read_audit WHERE tenant_id = $1 AND person_ids && $2::uuid[] AND at >= $3 AND at < $4 AND id < $5
  ORDER BY id DESC LIMIT $6`;

/** Who was shown something of this child, the latest first. */
export function readersOf(
  queries: Queryable,
  { personIds, from, to, before, limit }: ReadersAsked,
): Promise<Reading[]> {
  const values = [personIds, from ?? '-infinity', to ?? 'infinity', before ?? Number.MAX_SAFE_INTEGER, limit];
  return queries.query<Reading>('read_audit_readers', readersText, [queries.context.tenant, ...values]);
}
