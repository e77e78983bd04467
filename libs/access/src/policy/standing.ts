import type { KnownCase } from '#libs/cases';
import type { Pathway, RoleCode } from '#libs/pathways';
import type { CaseRelations } from './relations.js';

/** What access to a case depends on, drawn from the case itself. */
export function caseRelations(
  state: KnownCase,
  pathway: Pathway | undefined,
  shutOut: readonly string[],
): CaseRelations {
  const { owner, agency, province, district, conflicts, referrals, enrolment, stays, emergencies } = state;
  return {
    owner,
    agency,
    province,
    district,
    conflicts: conflicts.map(({ ref }) => ref),
    shutOut,
    referrals: Object.values(referrals),
    calledUpon: enrolment === undefined ? [] : rolesCalledUpon(pathway, enrolment.state),
    livesAt: livesAt(stays),
    emergencies,
  };
}

function livesAt(stays: KnownCase['stays']): string[] {
  const open = stays.filter(({ until, replacedAt }) => until === undefined && replacedAt === undefined);
  return open.flatMap(({ facility }) => (facility === undefined ? [] : [facility]));
}

/** Whoever may take or attest a step that leads on from a state, sits at a gate waited at there, or keeps a track. */
export function rolesCalledUpon(pathway: Pathway | undefined, state: string): RoleCode[] {
  if (pathway === undefined) return [];
  const { transitions, gates, tracks } = pathway.definition;
  const leadingOn = transitions.filter(({ from }) => from.includes(state));
  const waited = Object.values(gates).filter(({ at }) => at === undefined || at.includes(state));
  return [
    ...new Set([
      ...leadingOn.flatMap(({ roles, guards }) => [
        ...roles,
        ...guards.flatMap(({ attestation }) => attestation?.roles ?? []),
      ]),
      ...Object.values(tracks).flatMap(({ keptBy = [] }) => keptBy),
      ...waited.flatMap(({ deciders, quorum }) => (quorum === undefined ? deciders : [...deciders, 'GK_MEMBER'])),
    ]),
  ];
}
