import fc from 'fast-check';

import {
  decideAccess,
  isBlocked,
  policy,
  principalsOf,
  readersOf,
  type CaseAction,
  type CaseRelations,
} from '#libs/access';
import type { Actor } from '#libs/cases';

import { oracle } from './oracle.js';
import { askers, cases, later, now } from './worlds.js';

/** Somebody, and a case that they ask for. */
export type World = readonly [asker: Actor, asked: CaseRelations];

const actions = Object.keys(policy) as CaseAction[];

/** Always the same ones. */
export const worldsOf = (count: number): World[] => fc.sample(fc.tuple(askers, cases), { numRuns: count, seed: 4 });

/** Where the policy first answers otherwise than somebody who asks one question after the other; undefined: nowhere. */
export function firstDifference(worlds: readonly World[]): string | undefined {
  for (const [asker, asked] of worlds) {
    for (const action of actions) {
      const [told, wanted] = [decideAccess, oracle].map((judge) => listed(judge(action, asker, asked, now)));
      if (told !== wanted) return `${action}: ${told ?? 'no'} instead of ${wanted ?? 'no'}`;
    }
  }
  return undefined;
}

/** Where the words that the database compares first show or hide what policy does not; undefined: nowhere. */
export function firstWordDifference(worlds: readonly World[]): string | undefined {
  for (const [asker, drawn] of worlds) {
    // Emergencies and the end of a grant go by the clock, which words do not know.
    const open = drawn.referrals.filter(({ grant }) => grant?.until === later);
    const asked = { ...drawn, emergencies: [], referrals: open };
    const written = new Set(readersOf(asked));
    for (const action of ['case.read', 'case.list'] as const) {
      const carried = principalsOf(asker, action, 'progress');
      const opens = carried.some((word) => written.has(word)) && !isBlocked(asker, asked);
      const shows = decideAccess(action, asker, asked, now)?.has('progress') === true;
      if (opens !== shows) return `${action}: the database ${opens ? 'shows' : 'hides'} it`;
    }
  }
  return undefined;
}

const listed = (shown: ReadonlySet<string> | undefined): string | undefined => shown && [...shown].sort().join();
