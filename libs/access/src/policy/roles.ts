import type { RoleCode } from '#libs/pathways';

/** Roles of pathways's directory by what they come for; each role is in one group. */
export const roles = {
  /** Social workers of the district, whom the state answers for. */
  district: ['OSVY_SW'],
  workers: ['NGO_CW', 'RCF_SW', 'CCWC', 'HELPLINE', 'HOTLINE'],
  /** Whom the Juvenile Justice Law calls upon, wherever a case is kept. */
  socialAgents: ['SOCIAL_AGENT'],
  supervisors: ['NGO_SUP', 'AGENCY_HEAD', 'RCF_DIR'],
  provincial: ['PDOSVY_SUP'],
  national: ['MOSVY_CPD'],
  panel: ['GK_CHAIR', 'GK_MEMBER'],
  justice: ['PROSECUTOR', 'INV_JUDGE', 'TRIAL_JUDGE'],
  police: ['JPO', 'AHTJP', 'ACD'],
  detention: ['PRISON'],
  services: ['LAWYER', 'HEALTH', 'PSYCHOSOCIAL', 'DOWA', 'SCHOOL'],
  exchange: ['INTEGRATION'],
  program: ['SYSTEM'],
} as const satisfies Record<string, readonly RoleCode[]>;

export type RoleGroup = keyof typeof roles;

/** The groups that somebody belongs to by their roles. */
export function groupsOf(held: readonly RoleCode[]): RoleGroup[] {
  return (Object.keys(roles) as RoleGroup[]).filter((group) =>
    (roles[group] as readonly string[]).some((role) => held.includes(role)),
  );
}
