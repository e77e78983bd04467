import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { checkoutDirectory } from '#libs/configuration';

import { firstDifference, firstWordDifference, worldsOf } from '../../../../test/policy/differences.js';
import { allRoles, now } from '../../../../test/policy/worlds.js';
import { decideAccess, relationsOf } from './decide.js';
import { policyPage, policyPagePath } from './page.js';
import { principalsOf, readersOf } from './principals.js';
import type { Relation } from './relations.js';
import { groupsOf, type RoleGroup } from './roles.js';
import { policy, type CaseAction, type Rule } from './table.js';

const actions = Object.keys(policy) as CaseAction[];
const worlds = worldsOf(5_000);

describe('the access policy', () => {
  it('answers in 5,000 worlds as somebody does who asks one question after the other', () => {
    expect(firstDifference(worlds)).toBeUndefined();
  });

  it('tells the database the same in words: what they open is what it opens', () => {
    expect(firstWordDifference(worlds)).toBeUndefined();
  });

  it('lets words show more than the clock allows, never less', () => {
    const less = worlds.filter(([asker, drawn]) => {
      const asked = { ...drawn, emergencies: [] };
      const written = readersOf(asked);
      const carried = principalsOf(asker, 'case.read', 'progress');
      const shown = decideAccess('case.read', asker, asked, now)?.has('progress') === true;
      return shown && !carried.some((word) => written.includes(word));
    });
    expect(less).toEqual([]);
  });

  it('lets nobody through a block, whatever they are', () => {
    const through = worlds.filter(([asker, asked]) => {
      const blocked = { ...asked, conflicts: [asker.agency] };
      return (
        relationsOf(asker, blocked, now).length > 0 ||
        actions.some((action) => decideAccess(action, asker, blocked, now) !== undefined)
      );
    });
    expect(through).toEqual([]);
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

function covers(wide: Rule, narrow: Rule): boolean {
  const within = <T>(few: readonly T[], many: readonly T[]) => few.every((each) => many.includes(each));
  return (
    within<RoleGroup>(narrow.groups, wide.groups) &&
    within<Relation>(narrow.relations, wide.relations) &&
    within(narrow.shows ?? [], wide.shows ?? [])
  );
}
