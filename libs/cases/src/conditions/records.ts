import { plus, type Duration } from '#libs/calendar';
import type { ContactKind, ReferralState } from '#libs/pathways';
import type { View } from '../context.js';
import type { KnownCase, ReferralStatus } from '../state.js';
import { isConsented, sharingConsentFor } from '../consents/in-force.js';
import { entryVersion } from './entry.js';
import type { Evaluators } from './evaluators.js';
import { scoreIsMet } from './score.js';

/** States in which a referral still waits for something. */
const unfinished: readonly ReferralState[] = ['DRAFT', 'SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'ACCEPTED', 'IN_SERVICE'];

/** Conditions on what was recorded: documents, consents, contacts, notes, referrals, conflicts. */
export const recordConditions: Evaluators<
  | 'document'
  | 'consent'
  | 'sharingConsentForEveryReferral'
  | 'contacts'
  | 'notes'
  | 'referral'
  | 'referralUrgency'
  | 'noReferralIn'
  | 'scoreMet'
  | 'conflictDeclared'
> = {
  document: ({ code, since, within }, view) =>
    documentsOf(view.state, code, since).some((d) => recent(d.at, within, view)),
  consent: ({ kind, orException }, { state, context }) => isConsented(state, kind, context, orException),
  sharingConsentForEveryReferral: (_, { state, context }) =>
    Object.values(state.referrals)
      .filter((referral) => unfinished.includes(referral.state))
      .every((referral) => sharingConsentFor(state, referral.toAgency, context)),
  contacts: ({ kinds, atLeast, since, within, seenAlone }, view) =>
    view.state.contacts.filter(
      (contact) =>
        tookPlace(contact) &&
        (kinds === undefined ? contact.kind !== 'ATTEMPT' : kinds.includes(contact.kind)) &&
        (since === undefined || contact.version > entryVersion(view.state)) &&
        (seenAlone === undefined || contact.seenAlone === seenAlone) &&
        recent(contact.at, within, view),
    ).length >= atLeast,
  notes: ({ kind, atLeast, since }, { state }) =>
    state.notes.filter((note) => note.kind === kind && (since === undefined || note.version > entryVersion(state)))
      .length >= atLeast,
  referral: ({ in: states, type, since }, { state }) =>
    referralsOf(state).some(
      (referral) =>
        states.includes(referral.state) &&
        (type === undefined || referral.type === type) &&
        (since === undefined || referral.version > entryVersion(state)),
    ),
  referralUrgency: (urgencies, { referral }) => referral !== undefined && urgencies.includes(referral.urgency),
  noReferralIn: ({ states, services }, { state }) =>
    !referralsOf(state).some(
      (referral) =>
        states.includes(referral.state) && (services === undefined || services.includes(referral.service.code)),
    ),
  scoreMet: (name, { state, pathway }) => {
    const score = pathway?.definition.scores[name];
    return score !== undefined && scoreIsMet(score, documentsOf(state, score.document, undefined).at(-1)?.scores);
  },
  conflictDeclared: ({ fact }, { state }) => state.conflicts.some(({ ref }) => ref === state.facts[fact]),
};

/** Documents of a code; a decision at a gate counts as the document that the gate stands for. */
export function documentsOf(state: KnownCase, code: string, since: 'entry' | undefined) {
  const decided = state.decisions.filter((d) => d.document === code).map((d) => ({ ...d, code, scores: undefined }));
  return [...state.documents.filter((d) => d.code === code), ...decided].filter(
    ({ version }) => since === undefined || version > entryVersion(state),
  );
}

/** A visit that reached nobody is none; an attempt is one whether or not it reached anybody. */
export function tookPlace({ kind, reached }: { kind: ContactKind; reached: boolean }): boolean {
  return reached || kind === 'ATTEMPT';
}

function recent(at: string, within: Duration | undefined, view: View): boolean {
  return within === undefined || plus(at, within, view.context.calendar.zone) >= view.at;
}

function referralsOf(state: KnownCase): ReferralStatus[] {
  return Object.values(state.referrals);
}
