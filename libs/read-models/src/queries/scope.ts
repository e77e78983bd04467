import { principalsOf } from '#libs/access';
import type { Actor } from '#libs/cases';

/** Who asks. */
export type Caller = Actor;

/**
 * Whether an allegation stands against the facility that somebody works in, and the child lives or has lived there: one
 * who was brought to safety from it stays out of its sight, too.
 *
 * @param person expression for the id of the person; `$1` is the tenant
 * @param agency expression for the agency of who asks
 */
export const shutOut = (person: string, agency: string): string =>
  `(EXISTS (SELECT FROM facility_summary a WHERE a.tenant_id = $1 AND a.code = ${agency} AND a.accused)
    AND EXISTS (SELECT FROM facility_stays l WHERE l.tenant_id = $1 AND l.person_id = ${person} AND l.facility = ${agency}
      AND l.replaced_at IS NULL))`;

/** A conflict of interest beats every role (GR-COI). */
export const noConflict = `NOT (c.conflicts && ARRAY[$2::text, $3::text]) AND NOT ${shutOut('c.person_id', '$3')}`;

/**
 * Which cases a list shows: those that the policy's action `case.list` gives to the caller's roles.
 * Parameters: `$1` tenant, `$2` staff id, `$3` agency, `$4` what the caller carries, as it is written on cases.
 */
export const scopePredicate = `c.tenant_id = $1 AND c.readers && $4::text[] AND ${noConflict}`;

export function scopeValues(tenant: number, caller: Caller): unknown[] {
  return [tenant, caller.id, caller.agency, principalsOf(caller, 'case.list')];
}
