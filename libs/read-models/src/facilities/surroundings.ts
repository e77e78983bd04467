import type { DecideContext, FacilityRegister } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { sameChild } from '../child.js';

/** What a decision on a case has to know of facilities. */
export type Surroundings = Pick<DecideContext, 'facility' | 'shutOut'>;

interface FoundRow {
  code: string;
  state: string;
  accused: boolean;
  lived_there: boolean;
}

/**
 * The facilities that the child lives or has lived in, whatever case says so, and those with these codes, as the register
 * has them now.
 */
export async function surroundingsOf(
  queries: Queryable,
  personId: string | undefined,
  codes: readonly string[],
  { life }: FacilityRegister,
): Promise<Surroundings> {
  const rows = await queries.query<FoundRow>(
    'facility_surroundings',
    `${sameChild}, lived AS (SELECT DISTINCT facility FROM facility_stays
       WHERE tenant_id = $1 AND person_id IN (SELECT id FROM same) AND replaced_at IS NULL)
     SELECT f.code, f.state, f.accused, f.code IN (SELECT facility FROM lived) AS lived_there FROM facility_summary f
     WHERE f.tenant_id = $1 AND (f.code = ANY ($3::text[]) OR f.code IN (SELECT facility FROM lived))`,
    [queries.context.tenant, personId ?? null, codes],
  );
  const found = new Map(
    rows.map(({ code, state, accused }) => [
      code,
      { state, admits: life.states[state]?.admits === true && !accused, accused },
    ]),
  );
  return {
    facility: (code) => found.get(code),
    shutOut: rows.filter((row) => row.accused && row.lived_there).map(({ code }) => code),
  };
}

/** The facts of a case that may be the code of a facility. */
export function textsIn(facts: Readonly<Record<string, unknown>>): string[] {
  return Object.values(facts).filter((value): value is string => typeof value === 'string');
}
