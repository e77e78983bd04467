import type { Caller } from '#libs/access';
import type { RoleCode } from '#libs/pathways';

/** Whose accounts somebody administers, and which roles they may give. */
interface Administers {
  readonly over: 'own agency' | 'everywhere';
  readonly mayGive: readonly RoleCode[];
}

/** Roles of people who work with cases. Children, families and reporters do not sign in; the timer is no person. */
export const rolesOfPeople: readonly RoleCode[] = [
  ...['HELPLINE', 'HOTLINE', 'CCWC', 'OSVY_SW', 'PDOSVY_SUP', 'MOSVY_CPD', 'SOCIAL_AGENT', 'NGO_CW', 'NGO_SUP'],
  ...['AGENCY_HEAD', 'RCF_DIR', 'RCF_SW', 'GK_CHAIR', 'GK_MEMBER', 'JPO', 'AHTJP', 'ACD', 'PROSECUTOR', 'INV_JUDGE'],
  ...['TRIAL_JUDGE', 'PRISON', 'LAWYER', 'HEALTH', 'PSYCHOSOCIAL', 'DOWA', 'SCHOOL', 'INTEGRATION', 'AUDITOR'],
];

/**
 * Who administers accounts. An agency's own supervisors let in those who work under them; whatever reaches beyond the
 * agency, such as a seat in a committee or the office of a judge, is given by the national office.
 */
export const administrators: Readonly<Record<RoleCode, Administers>> = {
  MOSVY_CPD: { over: 'everywhere', mayGive: rolesOfPeople },
  PDOSVY_SUP: { over: 'own agency', mayGive: ['OSVY_SW', 'SOCIAL_AGENT', 'CCWC', 'PDOSVY_SUP'] },
  NGO_SUP: { over: 'own agency', mayGive: ['NGO_CW', 'NGO_SUP', 'PSYCHOSOCIAL', 'LAWYER'] },
  RCF_DIR: { over: 'own agency', mayGive: ['RCF_SW'] },
  AGENCY_HEAD: {
    over: 'own agency',
    mayGive: ['NGO_CW', 'NGO_SUP', 'PSYCHOSOCIAL', 'LAWYER', 'HEALTH', 'SCHOOL', 'HELPLINE', 'HOTLINE'],
  },
};

/** What somebody administers, by each of their roles that administers at all. */
const powersOf = ({ roles }: Caller): Administers[] =>
  roles.flatMap((role) => (Object.hasOwn(administrators, role) ? [administrators[role]] : [])).filter(isThere);

const isThere = (powers: Administers | undefined): powers is Administers => powers !== undefined;

/** Whether somebody administers the accounts of an agency. Nobody administers their own. */
export const administers = (caller: Caller, { agency, staffId }: { agency: string; staffId?: string }): boolean =>
  staffId !== caller.id && powersOf(caller).some(({ over }) => over === 'everywhere' || agency === caller.agency);

export const mayGive = (caller: Caller, role: RoleCode): boolean =>
  powersOf(caller).some((powers) => powers.mayGive.includes(role));
