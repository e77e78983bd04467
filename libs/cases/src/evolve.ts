import type { Instant } from '#libs/calendar';
import type { DeadlineContext } from './context.js';
import type { CaseEvent, CaseEventType, DeadlineEvent, DeadlineEventType, Recorded } from './events.js';
import { applyDeadlineEvent } from './deadlines/apply.js';
import { underNewNames } from './migration/names.js';
import { applyReferralEvent } from './referrals/apply.js';
import { applyReviewEvent } from './reviews/apply.js';
import type { CaseState, Enrolment, ExceptionFacts, KnownCase, NoCase, Stamp, TrackRow } from './state.js';
import { afterBegin, afterEnd } from './stays/apply.js';

export const noCase: NoCase = { status: 'none', version: 0 };

/** Folds one event. Every event is a fact: nothing is refused here. */
export function evolve(state: CaseState, recorded: Recorded): CaseState {
  const { event, by, recordedAt } = recorded;
  const stamp: Stamp = { version: state.version + 1, at: event.occurredAt, by };
  if (event.type === 'CaseOpened') return opened(event, stamp);
  if (state.status === 'none') throw new TypeError(`${event.type} before CaseOpened`);
  return { ...apply(state, event, stamp, recordedAt), version: stamp.version };
}

export function fold(events: readonly Recorded[], state: CaseState = noCase): CaseState {
  return events.reduce(evolve, state);
}

/** The case as it would be with these events. */
export function afterwards(
  events: readonly CaseEvent[],
  state: CaseState,
  { actor, now }: Pick<DeadlineContext, 'actor' | 'now'>,
): KnownCase {
  return fold(
    events.map((event) => ({ event, by: actor.id, recordedAt: now })),
    state,
  ) as KnownCase;
}

function opened({ data, occurredAt }: CaseEvent<'CaseOpened'>, stamp: Stamp): KnownCase {
  return {
    status: 'known',
    version: stamp.version,
    code: data.code,
    personId: data.personId,
    agency: data.agency,
    owner: data.owner,
    province: data.province,
    district: data.district,
    synthetic: data.synthetic,
    receivedFrom: data.receivedFrom,
    openedAt: occurredAt,
    enrolment: undefined,
    risk: undefined,
    riskProposal: undefined,
    facts: {},
    tracks: {},
    documents: [],
    consents: [],
    exceptions: [],
    decisions: [],
    attestations: [],
    contacts: [],
    notes: [],
    referrals: {},
    reviews: {},
    feedback: {},
    conflicts: [],
    blocks: [],
    emergencies: [],
    alerts: [],
    links: data.openedFrom === undefined ? [] : [{ caseId: data.openedFrom, relation: 'follows' }],
    stays: [],
    unsealing: undefined,
    unsealedUntil: undefined,
    erased: false,
    deadlines: {},
    awaited: [],
    armings: {},
    foreign: {},
    unmetNeeds: [],
  };
}

type Apply<T extends CaseEventType> = (
  state: KnownCase,
  event: CaseEvent<T>,
  stamp: Stamp,
  recordedAt: Instant,
) => KnownCase;

type OwnEvents = Exclude<CaseEventType, 'CaseOpened' | `Referral${string}` | `Review${string}` | DeadlineEventType>;

const own: { [T in OwnEvents]: Apply<T> } = {
  CaseEnrolled: (state, { data, occurredAt }, stamp) => ({
    ...state,
    enrolment: {
      pathway: data.pathway,
      state: data.state,
      enrolledAt: occurredAt,
      entry: { ...stamp, transition: undefined },
      previousState: undefined,
      entryReason: undefined,
      outcome: undefined,
      taken: [],
    },
  }),
  CaseMigrated: (state, { data }) => underNewNames(state, data),
  CaseLinked: (state, { data }) => ({ ...state, links: [...state.links, data] }),
  AlertRaised: (state, { data }) => ({ ...state, alerts: [...new Set([...state.alerts, data.alert])] }),
  EmergencyAccessTaken: (state, { data }) => ({
    ...state,
    emergencies: [...state.emergencies, { ...data, justified: undefined }],
  }),
  EmergencyAccessReviewed: (state, { data: { accessId, justified } }) => ({
    ...state,
    emergencies: state.emergencies.map((each) => (each.accessId === accessId ? { ...each, justified } : each)),
  }),
  CaseAssigned: (state, { data }) => ({ ...state, owner: data.owner, agency: data.agency }),
  TransitionTaken: (state, event, stamp) => ({ ...state, enrolment: afterStep(state, event, stamp) }),
  GuardAttested: (state, { data }, stamp) => ({
    ...state,
    attestations: [...state.attestations, { guard: data.guard, ...stamp }],
  }),
  DocumentRecorded: (state, { data }, stamp) => ({
    ...state,
    documents: [
      ...state.documents,
      { documentId: data.documentId, code: data.code, scores: data.scores, attachment: undefined, ...stamp },
    ],
  }),
  AttachmentStored: (state, { data: { documentId, ...attachment } }, { version }) => ({
    ...state,
    documents: state.documents.map((each) =>
      each.documentId === documentId ? { ...each, attachment: { ...attachment, version } } : each,
    ),
  }),
  ConsentGiven: (state, { data }, stamp) => ({
    ...state,
    consents: [...state.consents, { ...data, ...stamp, withdrawn: false }],
  }),
  ConsentWithdrawn: (state, { data }) => ({
    ...state,
    consents: state.consents.map((c) => (c.consentId === data.consentId ? { ...c, withdrawn: true } : c)),
  }),
  ConsentExceptionRecorded: (state, { data }, stamp) => ({
    ...state,
    exceptions: [
      ...state.exceptions,
      {
        exceptionId: data.exceptionId,
        code: data.code,
        kinds: data.kinds,
        reaskOn: data.reaskOn,
        approvedBy: undefined,
        ended: false,
        ...stamp,
      },
    ],
  }),
  ConsentExceptionApproved: (state, { data }, stamp) =>
    changeException(state, data.exceptionId, { approvedBy: stamp.by }),
  ConsentExceptionRejected: (state, { data }) => changeException(state, data.exceptionId, { ended: true }),
  ConsentExceptionReviewed: (state, { data: { exceptionId, ends, reaskOn } }) =>
    changeException(state, exceptionId, { ended: ends, ...(reaskOn === undefined ? {} : { reaskOn }) }),
  DecisionRecorded: (state, { data }, stamp) => ({ ...state, decisions: [...state.decisions, { ...data, ...stamp }] }),
  RiskLevelSet: (state, { data }, stamp) => ({
    ...state,
    risk: { level: data.level, version: stamp.version },
    riskProposal: undefined,
  }),
  RiskLoweringProposed: (state, { data }, { by }) => ({ ...state, riskProposal: { ...data, by } }),
  TrackMoved: (state, event, stamp) => ({ ...state, tracks: afterMove(state.tracks, event, stamp) }),
  PersonDetailsNoted: (state) => state,
  UnsealingProposed: (state, { data: { unsealingId } }, { by }) => ({ ...state, unsealing: { unsealingId, by } }),
  RecordUnsealed: (state, { data }) => ({ ...state, unsealing: undefined, unsealedUntil: data.until }),
  ChildErased: (state) => ({ ...state, erased: true }),
  FactsRecorded: (state, { data }) => ({ ...state, facts: { ...state.facts, ...data.facts } }),
  StayBegan: (state, { data }, _, recordedAt) => ({ ...state, stays: afterBegin(state.stays, data, recordedAt) }),
  StayEnded: (state, { data }, _, recordedAt) => ({ ...state, stays: afterEnd(state.stays, data, recordedAt) }),
  NoteAdded: (state, { data }, stamp) => ({ ...state, notes: [...state.notes, { kind: data.kind, ...stamp }] }),
  ContactRecorded: (state, { data }, stamp) => ({ ...state, contacts: [...state.contacts, { ...data, ...stamp }] }),
  ContactBlocked: (state, { data }) => ({
    ...state,
    blocks: [...state.blocks, { who: data.who, because: data.because, token: data.token }],
  }),
  ConflictDeclared: (state, { data }) => ({ ...state, conflicts: [...state.conflicts, data] }),
  FeedbackReceived: (state, { data }, { at }) => ({
    ...state,
    feedback: { ...state.feedback, [data.feedbackId]: { ...data, receivedAt: at, answeredAt: undefined } },
  }),
  FeedbackAnswered: (state, { data: { feedbackId } }, { at }) => {
    const feedback = state.feedback[feedbackId];
    if (feedback === undefined) throw new TypeError('answer to unknown feedback');
    return { ...state, feedback: { ...state.feedback, [feedbackId]: { ...feedback, answeredAt: at } } };
  },
  ForeignRecordReceived: (state, { data }) => ({
    ...state,
    foreign: {
      ...state.foreign,
      [data.system]: {
        identifiers: { ...state.foreign[data.system]?.identifiers, ...data.identifiers },
        facts: { ...state.foreign[data.system]?.facts, ...data.facts },
        digests: [...(state.foreign[data.system]?.digests ?? []), data.digest],
        modifiedAt: data.modifiedAt ?? state.foreign[data.system]?.modifiedAt,
      },
    },
  }),
  UnmetNeedRecorded: (state, { data }, stamp) => ({
    ...state,
    unmetNeeds: [...state.unmetNeeds, { ...data, ...stamp, metAt: undefined, referralId: undefined }],
  }),
  UnmetNeedMet: (state, { data: { needId, referralId }, occurredAt: metAt }) => ({
    ...state,
    unmetNeeds: state.unmetNeeds.map((need) => (need.needId === needId ? { ...need, metAt, referralId } : need)),
  }),
};

function apply(state: KnownCase, event: CaseEvent, stamp: Stamp, recordedAt: Instant): KnownCase {
  const handler = own[event.type as OwnEvents] as Apply<CaseEventType> | undefined;
  if (handler !== undefined) return handler(state, event, stamp, recordedAt);
  if (event.type.startsWith('Referral')) return applyReferralEvent(state, event, stamp);
  if (event.type.startsWith('Review')) return applyReviewEvent(state, event, stamp);
  return applyDeadlineEvent(state, event as DeadlineEvent, stamp.version, recordedAt);
}

function changeException(state: KnownCase, id: string, change: Partial<ExceptionFacts>): KnownCase {
  const exceptions = state.exceptions.map((each) => (each.exceptionId === id ? { ...each, ...change } : each));
  return { ...state, exceptions };
}

function afterStep(state: KnownCase, { data }: CaseEvent<'TransitionTaken'>, stamp: Stamp): Enrolment {
  const before = state.enrolment;
  if (before === undefined) throw new TypeError('TransitionTaken before CaseEnrolled');
  return {
    ...before,
    state: data.to,
    entry: { ...stamp, transition: data.transition },
    previousState: data.from,
    entryReason: data.reasonCode,
    outcome: data.outcome ?? before.outcome,
    taken: [...before.taken, { transition: data.transition, from: data.from, to: data.to, ...stamp }],
  };
}

function afterMove(
  tracks: Record<string, TrackRow[]>,
  { data, occurredAt, precision }: CaseEvent<'TrackMoved'>,
  stamp: Stamp,
): Record<string, TrackRow[]> {
  const rows = tracks[data.track] ?? [];
  const present = rows.find((row) => row.row === data.row);
  const moved: TrackRow = {
    row: data.row,
    state: data.to,
    since: occurredAt,
    precision,
    history: [...(present?.history ?? []), { state: data.to, at: occurredAt, version: stamp.version }],
  };
  return { ...tracks, [data.track]: [...rows.filter((row) => row !== present), moved] };
}
