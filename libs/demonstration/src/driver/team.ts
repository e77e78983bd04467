import type { Actor, KnownCase } from '#libs/cases';
import type { PathwayDefinition } from '#libs/pathways';
import { demonstrationAgencies, demonstrationStaff, type StaffMember } from '../directory.js';
import type { Random } from '../random.js';
import { Impossible } from './impossible.js';

/** The program itself, when a deadline's time has come. */
export const system: Actor = { id: 'system', roles: ['SYSTEM'], agency: 'spean' };

/** Roles that hold a case from day to day. */
const CASE_WORKERS = ['OSVY_SW', 'NGO_CW', 'SOCIAL_AGENT'];

/** Who works on one case: the owner, and everybody else when their role is asked for. */
export interface Team {
  owner: StaffMember;
  province: string;
}

/** A case worker near the child, of the kind that has most to do in this pathway. */
export function someTeam(random: Random, province: string, definition?: PathwayDefinition): Team {
  const work = (member: StaffMember): number => {
    const steps =
      definition?.transitions.filter(({ roles }) => roles.some((role) => member.roles.includes(role))) ?? [];
    return definition === undefined ? 1 : steps.length ** 2;
  };
  const workers = demonstrationStaff.filter(({ roles }) => roles.some((role) => CASE_WORKERS.includes(role)));
  const near = workers.filter((member) => member.province === province || member.agency.startsWith('ngo-'));
  const weights = near.map((member) => [member, work(member) * (member.province === province ? 3 : 1)] as const);
  const able = weights.some(([, weight]) => weight > 0) ? weights : workers.map((member) => [member, 1] as const);
  return { owner: random.weighted(able), province };
}

/**
 * Somebody who holds one of the roles: the owner if possible, then colleagues, then the province, then who works in the
 * whole country. Whoever is in conflict of interest on the case is passed over.
 *
 * @throws Impossible when there is nobody.
 */
export function somebody(
  roles: readonly string[],
  { owner, province }: Team,
  state?: KnownCase,
  not: string[] = [],
): Actor {
  const free = demonstrationStaff.filter(
    (member) =>
      member.roles.some((role) => roles.includes(role)) && !not.includes(member.id) && !inConflict(member, state),
  );
  const nearest =
    free.find(({ id }) => id === (state?.owner ?? owner.id)) ??
    free.find(({ agency }) => agency === (state?.agency ?? owner.agency)) ??
    free.find((member) => member.province === province) ??
    free.find((member) => member.province === undefined);
  if (nearest === undefined) throw new Impossible(`nobody may act as ${roles.join(' or ')}`);
  return asActor(nearest);
}

/** Members of a committee, the chair first, each of another agency. */
export function committee(size: number, team: Team, state: KnownCase, not: string[]): Actor[] {
  const chair = somebody(['GK_CHAIR'], team, state, not);
  const members = demonstrationStaff.filter(
    (member) => member.roles.includes('GK_MEMBER') && !not.includes(member.id) && !inConflict(member, state),
  );
  if (members.length < size - 1) throw new Impossible('the committee has too few members');
  return [chair, ...members.slice(0, Math.max(size - 1, 2)).map(asActor)];
}

/** Agencies that render services, other than the one that holds the case. */
export function receivingAgencies(state: KnownCase): string[] {
  const serving = ['ngo', 'legal_aid', 'hospital', 'psychosocial', 'school', 'district_office'];
  return demonstrationAgencies
    .filter(({ type, id }) => serving.includes(type) && id !== state.agency)
    .filter(({ id }) => !state.conflicts.some(({ ref }) => ref === id))
    .filter(({ id }) => demonstrationStaff.some((member) => member.agency === id))
    .map(({ id }) => id);
}

export function somebodyAt(agency: string): Actor {
  const member = demonstrationStaff.find((each) => each.agency === agency);
  if (member === undefined) throw new Impossible(`nobody works at ${agency}`);
  return asActor(member);
}

export function asActor({ id, roles, agency, province }: StaffMember): Actor {
  return { id, roles, agency, ...(province === undefined ? {} : { province }) };
}

function inConflict({ id, agency }: StaffMember, state: KnownCase | undefined): boolean {
  return state?.conflicts.some(({ ref }) => ref === id || ref === agency) === true;
}
