import type { Actor } from '#libs/cases';
import type { DatabaseContext } from '#libs/database';
import type { RoleCode } from '#libs/pathways';
import { answered, unanswered, type CaseRelations, type Relation } from './relations.js';
import { groupsOf, roles } from './roles.js';
import { policy, type CaseAction, type Rule, type ShownClass } from './table.js';

/** A relation as two lists of words: those that somebody carries, and those that are written on a case. */
interface Words {
  readonly carried: (asker: Actor) => string[];
  readonly written: (asked: CaseRelations) => string[];
}

/**
 * The relations of the policy in words that a database compares: a relation holds where somebody carries a word that is
 * written on the case. Emergencies have none: they open one case, by its id, and end with the clock.
 */
const words: Record<Exclude<Relation, 'emergency'>, Words> = {
  owner: { carried: ({ id }) => [`owner:${id}`], written: ({ owner }) => named('owner', owner) },
  agency: { carried: ({ agency }) => [`agency:${agency}`], written: ({ agency }) => [`agency:${agency}`] },
  home: {
    carried: ({ agency }) => [`home:${agency}`],
    written: ({ livesAt }) => livesAt.map((facility) => `home:${facility}`),
  },
  receiver: {
    carried: ({ agency }) => [`receiver:${agency}`],
    written: ({ referrals }) =>
      referrals.filter(({ state }) => answered.includes(state)).map(({ toAgency }) => `receiver:${toAgency}`),
  },
  invited: {
    carried: ({ agency }) => [`invited:${agency}`],
    written: ({ referrals }) =>
      referrals.filter(({ state }) => unanswered.includes(state)).map(({ toAgency }) => `invited:${toAgency}`),
  },
  called_upon: {
    carried: ({ roles: held, province, district }) =>
      province === undefined ? [] : held.flatMap((role) => calls(role, province, district)),
    written: ({ calledUpon, province, district }) =>
      province === undefined
        ? []
        : calledUpon
            .filter(mayBeCalled)
            .flatMap((role) => [`called:${role}:${province}`, `called:${role}:${province}:${district ?? anywhere}`]),
  },
  stand_in: {
    carried: ({ province }) => named('stand_in', province),
    written: ({ agency, province, conflicts, shutOut }) =>
      [...conflicts, ...shutOut].includes(agency) ? named('stand_in', province) : [],
  },
  province: {
    carried: ({ province }) => named('province', province),
    written: ({ province }) => named('province', province),
  },
  nation: { carried: () => ['nation'], written: () => ['nation'] },
};

/** Written on every case, and carried by the program where it works on all: projections, deadlines, statistics. */
const program = 'program';

/** The database as the program itself uses it, and as somebody uses it: with the cases that they may know of. */
export const contextOf = (tenant: number, asker?: Actor): DatabaseContext => ({
  tenant,
  principals: asker === undefined ? [program] : principalsOf(asker, 'case.read'),
});

const anywhere = 'any';

/** An agency of one district is called upon there, and where nobody told the district; any other in all of its province. */
const calls = (role: RoleCode, province: string, district: string | undefined): string[] =>
  district === undefined
    ? [`called:${role}:${province}`]
    : [`called:${role}:${province}:${district}`, `called:${role}:${province}:${anywhere}`];

const calledGroups = new Set(
  (Object.values(policy).flat() as readonly Rule[])
    .filter(({ relations }) => relations.includes('called_upon'))
    .flatMap(({ groups }) => groups),
);
const mayBeCalled = (role: RoleCode): boolean =>
  [...calledGroups].some((group) => (roles[group] as readonly RoleCode[]).includes(role));

const named = (kind: string, name: string | undefined): string[] => (name === undefined ? [] : [`${kind}:${name}`]);

/** What is written on a case, for the database to compare. */
export function readersOf(asked: CaseRelations): string[] {
  const written = Object.values(words).flatMap((each) => each.written(asked));
  return [...new Set([program, ...written])].sort();
}

/** What somebody carries for an action, where it shows that class: the relations that the table gives to their roles. */
export function principalsOf(asker: Actor, action: CaseAction, showing?: ShownClass): string[] {
  const groups = groupsOf(asker.roles);
  const rules = (policy[action] as readonly Rule[]).filter(
    ({ groups: allowed, shows = [] }) =>
      allowed.some((group) => groups.includes(group)) && (showing === undefined || shows.includes(showing)),
  );
  const relations = new Set(rules.flatMap((rule) => rule.relations));
  relations.delete('emergency');
  return [...relations].flatMap((relation) => words[relation as keyof typeof words].carried(asker)).sort();
}
