import type { Instant } from '#libs/calendar';
import type { Actor, Grant } from '#libs/cases';
import type { ReferralState, RoleCode } from '#libs/pathways';

/** What the answer to "may they?" depends on, of one case. */
export interface CaseRelations {
  owner?: string | undefined;
  agency: string;
  province?: string | undefined;
  district?: string | undefined;
  /** Staff, agencies and facilities in conflict of interest. */
  conflicts: readonly string[];
  /** Agencies that an allegation shuts out of everything about the child. */
  shutOut: readonly string[];
  referrals: readonly ReferralRelation[];
  /** Roles that the pathway calls upon at this step: to decide, or to take or attest a step from here. */
  calledUpon: readonly RoleCode[];
  /** Facilities in which the child lives or is held by this case. */
  livesAt: readonly string[];
  /** Emergency access that was taken, and until when it lasts. */
  emergencies: readonly { staff: string; until: Instant }[];
}

/** A referral, as far as access depends on it. */
export interface ReferralRelation {
  toAgency: string;
  state: ReferralState;
  /** What was opened to the receiver, and until when. */
  grant?: Grant | undefined;
}

/** Referrals that nobody has answered: the receiver sees what it takes to answer, not who the child is (GR-STAGED). */
export const unanswered: readonly ReferralState[] = ['SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'EXPIRED'];
/** Referrals for which something may be open to the receiver. */
export const answered: readonly ReferralState[] = ['ACCEPTED', 'IN_SERVICE', 'COMPLETED'];

type Holds = (asker: Actor, asked: CaseRelations, now: Instant) => boolean;

/** The referrals whose grant to an agency has not ended. */
export const granted = (agency: string, { referrals }: CaseRelations, now: Instant): ReferralRelation[] =>
  referrals.filter(
    ({ toAgency, state, grant }) =>
      toAgency === agency && answered.includes(state) && grant !== undefined && now < grant.until,
  );

/** How somebody may stand to a case. One person may stand to it in several ways. */
export const relations = {
  owner: ({ id }, { owner }) => owner === id,
  agency: ({ agency }, asked) => asked.agency === agency,
  home: ({ agency }, { livesAt }) => livesAt.includes(agency),
  receiver: ({ agency }, asked, now) => granted(agency, asked, now).length > 0,
  invited: ({ agency }, { referrals }) =>
    referrals.some(({ toAgency, state }) => toAgency === agency && unanswered.includes(state)),
  called_upon: (asker, asked) =>
    inProvinceOf(asker, asked) &&
    inDistrictOf(asker, asked) &&
    asker.roles.some((role) => asked.calledUpon.includes(role)),
  stand_in: (asker, asked) =>
    inProvinceOf(asker, asked) && [...asked.conflicts, ...asked.shutOut].includes(asked.agency),
  province: inProvinceOf,
  emergency: ({ id }, { emergencies }, now) => emergencies.some(({ staff, until }) => staff === id && now < until),
  nation: () => true,
} as const satisfies Record<string, Holds>;

export type Relation = keyof typeof relations;

/** What each relation means, in words. */
export const relationTitles: Record<Relation, string> = {
  owner: 'keeps the case',
  agency: 'works for the agency that answers for the case',
  home: 'works in the facility where the child lives or is held by this case',
  receiver: 'works where a referral was accepted, and what was opened for it is still open',
  invited: 'works where a referral waits for an answer',
  called_upon: 'holds a role that the pathway calls upon at this step, where the case is',
  stand_in: 'works in the province of a case whose keeper is in conflict of interest or shut out: somebody must go on',
  province: 'works in the province of the case',
  emergency: 'took emergency access that has not ended (GR-BREAK)',
  nation: 'everybody in the country',
};

/** A block beats every role and every relation, and answers as if the case were not there (GR-COI). */
export function isBlocked({ id, agency }: Actor, { conflicts, shutOut }: CaseRelations): boolean {
  return conflicts.includes(id) || conflicts.includes(agency) || shutOut.includes(agency);
}

function inProvinceOf({ province }: Actor, asked: CaseRelations): boolean {
  return province !== undefined && province === asked.province;
}

/** An agency of one district works there alone; a case whose district nobody told is the whole province's. */
function inDistrictOf({ district }: Actor, asked: CaseRelations): boolean {
  return district === undefined || asked.district === undefined || district === asked.district;
}
