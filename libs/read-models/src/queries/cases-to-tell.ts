import type { Instant, LocalDate } from '#libs/calendar';
import type { ForeignSystem } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { noConflict, type Caller } from './scope.js';

/** A case that may go to another system, and when it, or what is known of its child, last changed. */
export interface CaseToTell {
  caseId: string;
  openedAt: Instant;
  changedAt: Instant;
}

export interface TellingAsked {
  system: ForeignSystem;
  today: LocalDate;
  /** Changed within this time, its ends included. */
  changedFrom?: Instant | undefined;
  changedTo?: Instant | undefined;
  openedFrom?: Instant | undefined;
  openedTo?: Instant | undefined;
  /** Only these; absent: all. */
  among?: readonly string[] | undefined;
  /** Also those that the system told us of and may not be told of any more: it may go on telling. */
  alsoUntold?: boolean;
}

const leaves = `(s.until >= $5::date OR (s.told AND (NOT s.asked OR $6)))`;

const text = `SELECT * FROM (
    SELECT c.stream_id AS "caseId", c.opened_at AS "openedAt",
      greatest(e.recorded_at, p.recorded_at) AS "changedAt"
    FROM case_sharing s
    JOIN case_summary c ON c.tenant_id = $1 AND c.stream_id = s.stream_id
    JOIN events e ON e.tenant_id = $1 AND e.stream_id = c.stream_id AND e.version = c.version
    LEFT JOIN person_summary child ON child.tenant_id = $1 AND child.stream_id = c.person_id
    LEFT JOIN events p ON p.tenant_id = $1 AND p.stream_id = c.person_id AND p.version = child.version
    WHERE s.tenant_id = $1 AND s.system = $4 AND ${leaves} AND NOT c.sealed AND NOT c.erased AND ${noConflict}
      AND ($7::uuid[] IS NULL OR c.stream_id = ANY ($7)) AND c.opened_at >= $10 AND c.opened_at <= $11
  ) told WHERE "changedAt" >= $8 AND "changedAt" <= $9 ORDER BY "openedAt", "caseId"`;

/**
 * The cases that a program may be told of: oldest first, so that one that comes in meanwhile stands at the end. Neither
 * sealed nor forgotten ones, nor those from which a conflict of interest keeps the program's agency.
 */
export function casesToTell(queries: Queryable, caller: Caller, asked: TellingAsked): Promise<CaseToTell[]> {
  const { system, today, changedFrom, changedTo, openedFrom, openedTo, among, alsoUntold = false } = asked;
  const ends = [changedFrom ?? '-infinity', changedTo ?? 'infinity', openedFrom ?? '-infinity', openedTo ?? 'infinity'];
  return queries.query<CaseToTell>('cases_to_tell', text, [
    ...[queries.context.tenant, caller.id, caller.agency],
    ...[system, today, alsoUntold, among ?? null],
    ...ends,
  ]);
}
