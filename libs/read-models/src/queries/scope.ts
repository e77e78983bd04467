import type { Actor } from '#libs/cases';

/** Who asks: the member of staff and the province they work in. */
export interface Caller extends Actor {
  province?: string;
}

/** Roles that oversee the whole country. */
const NATIONAL = ['MOSVY_CPD', 'SYSTEM'];
/** Roles that oversee a province. */
const PROVINCIAL = ['PDOSVY_SUP'];

/** Roles of those who prosecute, judge or hold a child. */
const JUSTICE = ['JPO', 'AHTJP', 'ACD', 'PROSECUTOR', 'INV_JUDGE', 'TRIAL_JUDGE', 'PRISON'];

/** What a child admitted for a diversion is opened to nobody who could use it against the child (pathways B.10, rule 5). */
export const mayReadAdmissions = ({ roles }: Pick<Caller, 'roles'>): boolean =>
  !roles.some((role) => JUSTICE.includes(role));

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
 * Which cases a list shows: one's own and one's agency's, a province's to who supervises it, all to national oversight.
 * Parameters: `$1` tenant, `$2` staff id, `$3` agency, `$4` province or null, `$5` whether national.
 */
export const scopePredicate = `c.tenant_id = $1 AND ${noConflict}
  AND ($5::boolean OR c.owner = $2 OR c.agency = $3 OR ($4::text IS NOT NULL AND c.province = $4))`;

export function scopeValues(tenant: number, caller: Caller): unknown[] {
  return [
    tenant,
    caller.id,
    caller.agency,
    caller.roles.some((role) => PROVINCIAL.includes(role)) ? (caller.province ?? null) : null,
    caller.roles.some((role) => NATIONAL.includes(role)),
  ];
}
