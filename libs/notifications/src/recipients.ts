import type { Recipient } from '#libs/pathways';
import type { Language } from './templates.js';

/** A member of staff, as far as notices need to know. */
export interface StaffMember {
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly string[];
  /** The province they work in. */
  readonly province: string | null;
  readonly language: Language;
  readonly email: string | null;
}

/** The case or facility whose task is late. */
export interface Concerned {
  readonly owner: string | null;
  readonly agency: string;
  readonly province: string | null;
  /** Staff, agencies and facilities that must not hear of it. */
  readonly conflicts: readonly string[];
}

/** Roles that supervise the work of their own agency. */
export const supervisorRoles = ['PDOSVY_SUP', 'NGO_SUP'];
/** Roles that answer for the whole country. */
const nationalRoles = ['MOSVY_CPD'];
/** Roles that are only ever meant within the agency that holds the case. */
const agencyRoles = ['AGENCY_HEAD'];

/**
 * Who is told of a rung. Whoever is in conflict of interest on the case is passed over; when that, or nobody holding the
 * role, leaves no one, the next rung's recipients are told in their stead (pathways 1.4).
 *
 * @param rungs recipients of the rung that was reached, then those of the rungs above it
 * @param staff active members only
 * @returns nobody only if no rung has anybody
 */
export function peopleToTell(
  rungs: readonly (readonly Recipient[])[],
  concerned: Concerned,
  staff: readonly StaffMember[],
): StaffMember[] {
  const unbiased = staff.filter((member) => mayHear(member, concerned));
  for (const recipients of rungs) {
    const people = recipients.flatMap((recipient) => holders(recipient, concerned, unbiased));
    if (people.length > 0) return [...new Set(people)];
  }
  return [];
}

/** Whether neither the person nor their agency is in conflict of interest on the case. */
export function mayHear({ id, agency }: StaffMember, { conflicts }: Concerned): boolean {
  return !conflicts.includes(id) && !conflicts.includes(agency);
}

function holders(recipient: Recipient, concerned: Concerned, staff: readonly StaffMember[]): StaffMember[] {
  const colleagues = staff.filter(({ agency }) => agency === concerned.agency);
  if (recipient === 'owner') return staff.filter(({ id }) => id === concerned.owner);
  if (recipient === 'supervisor') return colleagues.filter(({ roles }) => roles.some(isSupervisor));
  const having = (members: readonly StaffMember[]) => members.filter(({ roles }) => roles.includes(recipient));
  if (nationalRoles.includes(recipient)) return having(staff);
  const inAgency = having(colleagues);
  if (inAgency.length > 0 || agencyRoles.includes(recipient)) return inAgency;
  return having(staff).filter(({ province }) => province !== null && province === concerned.province);
}

const isSupervisor = (role: string): boolean => supervisorRoles.includes(role);
