import type { ShownClass } from '#libs/access';
import type { Actor } from '#libs/cases';
import { fieldClasses, type ClearFields } from '#libs/privacy';
import type { CaseView } from './case-view.js';

/** What somebody may see of a case, by class. */
export type Shown = ReadonlySet<ShownClass>;

type PersonShown = CaseView['person'];

/** A case as somebody may see it. What they may not see is empty, in the same shape: nobody can tell what is there. */
export function caseShown(view: CaseView, shown: Shown, { agency }: Pick<Actor, 'agency'>): CaseView {
  const person = personShown(view.person, shown);
  if (shown.has('progress')) return { ...view, person };
  return {
    ...view,
    person,
    // Before a referral is accepted it tells what it takes to answer, not the name, the address or the story (GR-STAGED).
    // Its band is told; the years would tell more than it takes to answer.
    age: null,
    flags: [],
    owner: null,
    receivedFrom: null,
    enrolment: null,
    risk: null,
    riskProposal: null,
    facts: {},
    tracks: [],
    documents: [],
    consents: [],
    exceptions: [],
    decisions: [],
    reviews: [],
    feedback: [],
    alerts: [],
    emergencies: [],
    links: [],
    referrals: view.referrals.filter(({ toAgency }) => toAgency === agency),
    unmetNeeds: [],
    deadlines: [],
    identifiers: {},
  };
}

export function personShown(person: PersonShown, shown: Shown): PersonShown {
  return {
    ...person,
    identity: shown.has('identity') ? person.identity : {},
    location: shown.has('location') ? person.location : {},
  };
}

/** What people wrote, as far as somebody may read it. */
export function fieldsShown(fields: ClearFields, shown: Shown): ClearFields {
  return Object.fromEntries(
    fieldClasses.flatMap((each) => (shown.has(each) && fields[each] !== undefined ? [[each, fields[each]]] : [])),
  );
}
