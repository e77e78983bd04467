import { localDateOf, type Instant, type LocalDate, type WorkingCalendar } from '#libs/calendar';

/**
 * SQL for what a match has to know of a case `c`: where the child lives, else where the case is; who is in conflict of
 * interest on the case, and who on any other case of the child, of whom nobody here is told why.
 */
export const childsNeed = `
  coalesce(p.province, c.province) AS province,
  coalesce(p.district, CASE WHEN p.province IS NULL OR left(c.district, 2) = p.province THEN c.district END) AS district,
  c.conflicts,
  ARRAY(SELECT DISTINCT ref FROM case_summary o, unnest(o.conflicts) ref
        WHERE o.tenant_id = c.tenant_id AND o.person_id = c.person_id AND o.stream_id <> c.stream_id) AS elsewhere`;

export const withChild = `LEFT JOIN person_summary p ON p.tenant_id = c.tenant_id AND p.stream_id = c.person_id`;

export interface NeedRow {
  province: string | null;
  district: string | null;
  conflicts: string[];
  elsewhere: string[];
}

export function needOf(
  { province, district, conflicts }: NeedRow,
  language: string | null,
  now: Instant,
  calendar: WorkingCalendar,
): {
  province: string | undefined;
  district: string | undefined;
  language: string | undefined;
  conflicts: string[];
  today: LocalDate;
} {
  return {
    province: province ?? undefined,
    district: district ?? undefined,
    language: language ?? undefined,
    conflicts,
    today: localDateOf(now, calendar.zone),
  };
}

/** Left out without a word: a reason would tell the workers of one case what is known on another. */
export const isSilenced = (id: string, { conflicts, elsewhere }: NeedRow): boolean =>
  elsewhere.includes(id) && !conflicts.includes(id);
