import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Actor } from '#libs/cases';
import { checkoutDirectory } from '#libs/configuration';
import { fieldClasses } from '#libs/privacy';

import { decideAccess, relationsOf } from './decide.js';
import { oracle } from './oracle.spec.js';
import { policyPage, policyPagePath } from './page.js';
import { principalsOf, readersOf } from './principals.js';
import { isBlocked, type CaseRelations, type Relation } from './relations.js';
import { groupsOf, roles, type RoleGroup } from './roles.js';
import { policy, type CaseAction, type Rule } from './table.js';

const now = '2026-07-01T03:00:00.000Z';
const earlier = '2026-06-01T03:00:00.000Z';
const later = '2026-08-01T03:00:00.000Z';

const allRoles = Object.values(roles).flat();
const agencies = ['agency-1', 'agency-2', 'agency-3', 'house-1'];
const people = ['person-1', 'person-2', 'person-3'];
const [provinces, districts] = [
  ['12', '17'],
  ['1201', '1701', '1702'],
];

const maybe = <T>(of: readonly T[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
const some = <T>(of: readonly T[], maxLength = 2) => fc.uniqueArray(fc.constantFrom(...of), { maxLength });

const askers: fc.Arbitrary<Actor> = fc
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

const cases: fc.Arbitrary<CaseRelations> = fc.record({
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

const actions = Object.keys(policy) as CaseAction[];
const worlds = { numRuns: 5_000, seed: 4 };

describe('the access policy', () => {
  it('answers in 5,000 worlds as somebody does who asks one question after the other', () => {
    fc.assert(
      fc.property(askers, cases, (asker, asked) => {
        for (const action of actions) {
          same(action, listed(decideAccess(action, asker, asked, now)), listed(oracle(action, asker, asked, now)));
        }
      }),
      worlds,
    );
  });

  it('tells the database the same in words: what they open is what it opens', () => {
    fc.assert(
      fc.property(askers, cases, (asker, drawn) => {
        // Emergencies and the end of a grant go by the clock, which words do not know.
        const asked = {
          ...drawn,
          emergencies: [],
          referrals: drawn.referrals.filter(({ grant }) => grant?.until === later),
        };
        const written = new Set(readersOf(asked));
        for (const action of ['case.read', 'case.list'] as const) {
          const carried = principalsOf(asker, action, 'progress');
          const opens = carried.some((word) => written.has(word)) && !isBlocked(asker, asked);
          same(action, opens, decideAccess(action, asker, asked, now)?.has('progress') ?? false);
        }
      }),
      worlds,
    );
  });

  it('lets words show more than the clock allows, never less', () => {
    fc.assert(
      fc.property(askers, cases, (asker, drawn) => {
        const asked = { ...drawn, emergencies: [] };
        const written = readersOf(asked);
        const shown = decideAccess('case.read', asker, asked, now)?.has('progress') === true;
        const carried = principalsOf(asker, 'case.read', 'progress');
        return !shown || carried.some((word) => written.includes(word));
      }),
      worlds,
    );
  });

  it('lets nobody through a block, whatever they are', () => {
    fc.assert(
      fc.property(askers, cases, (asker, asked) => {
        const blocked = { ...asked, conflicts: [asker.agency] };
        same('relations', relationsOf(asker, blocked, now).length, 0);
        for (const action of actions) same(action, decideAccess(action, asker, blocked, now), undefined);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('stands in the documentation as it is', () => {
    expect(readFileSync(path.join(checkoutDirectory(), policyPagePath), 'utf8')).toBe(policyPage());
  });

  it('puts each role into one group', () => {
    for (const role of allRoles) expect(groupsOf([role])).toHaveLength(1);
    expect(new Set(allRoles).size).toBe(allRoles.length);
  });

  it('has no row that another one makes needless', () => {
    const needless = actions.flatMap((action) =>
      (policy[action] as readonly Rule[]).flatMap((row, index, rows) =>
        rows.some((other, at) => at !== index && covers(other, row)) ? [`${action} ${String(index)}`] : [],
      ),
    );
    expect(needless).toEqual([]);
  });
});

/** `expect` is too slow for as many worlds as these. */
function same(what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) expect({ what, found }).toEqual({ what, found: wanted });
}

const listed = (shown: ReadonlySet<string> | undefined): string[] | undefined => shown && [...shown].sort();

function covers(wide: Rule, narrow: Rule): boolean {
  const within = <T>(few: readonly T[], many: readonly T[]) => few.every((each) => many.includes(each));
  return (
    within<RoleGroup>(narrow.groups, wide.groups) &&
    within<Relation>(narrow.relations, wide.relations) &&
    within(narrow.shows ?? [], wide.shows ?? [])
  );
}
