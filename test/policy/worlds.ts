import fc from 'fast-check';

import { roles, type CaseRelations } from '#libs/access';
import type { Actor } from '#libs/cases';
import { fieldClasses } from '#libs/privacy';

/** When everybody of these worlds asks. */
export const now = '2026-07-01T03:00:00.000Z';
const earlier = '2026-06-01T03:00:00.000Z';
export const later = '2026-08-01T03:00:00.000Z';

export const allRoles = Object.values(roles).flat();
const agencies = ['agency-1', 'agency-2', 'agency-3', 'house-1'];
const people = ['person-1', 'person-2', 'person-3'];
const [provinces, districts] = [
  ['12', '17'],
  ['1201', '1701', '1702'],
];

const maybe = <T>(of: readonly T[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
const some = <T>(of: readonly T[], maxLength = 2) => fc.uniqueArray(fc.constantFrom(...of), { maxLength });

/** Anybody: one of few people and agencies, so that they meet. */
export const askers: fc.Arbitrary<Actor> = fc
  .record({
    id: fc.constantFrom(...people),
    agency: fc.constantFrom(...agencies),
    roles: fc.uniqueArray(fc.constantFrom(...allRoles), { minLength: 1, maxLength: 2 }),
    province: maybe(provinces),
    district: maybe(districts),
  })
  .map(({ province, district, ...asker }) => ({
    ...asker,
    ...(province === undefined ? {} : { province }),
    ...(district === undefined ? {} : { district }),
  }));

const grants = fc.record({
  purpose: fc.constant('service'),
  classes: some(
    fieldClasses.filter((each) => each !== 'not_for_evidence'),
    3,
  ),
  until: fc.constantFrom(earlier, now, later),
});
const referrals = fc.record({
  toAgency: fc.constantFrom(...agencies),
  state: fc.constantFrom(
    ...(['DRAFT', 'SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'EXPIRED'] as const),
    ...(['ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'REJECTED', 'REVOKED'] as const),
  ),
  grant: fc.option(grants, { nil: undefined }),
});

/** Any case, as far as access depends on it. */
export const cases: fc.Arbitrary<CaseRelations> = fc.record({
  owner: maybe(people),
  agency: fc.constantFrom(...agencies),
  province: maybe(provinces),
  district: maybe(districts),
  conflicts: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: some([...people, ...agencies], 1) },
  ),
  shutOut: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(agencies, 1) }),
  referrals: fc.array(referrals, { maxLength: 3 }),
  calledUpon: some(allRoles, 6),
  livesAt: some(agencies, 1),
  emergencies: fc.array(fc.record({ staff: fc.constantFrom(...people), until: fc.constantFrom(earlier, now, later) }), {
    maxLength: 1,
  }),
});
