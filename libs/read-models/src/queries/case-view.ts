import { ageOn, localDateOf, type Instant } from '#libs/calendar';
import {
  deadlineDefinitions,
  type DeadlineBook,
  type DecideContext,
  type DeadlineStatus,
  type KnownCase,
  type PersonState,
  type ReviewStatus,
} from '#libs/cases';
import type { DeadlineDefinition, Pathway, RiskLevel, Text } from '#libs/pathways';

/** A case as people read it: codes with their words, the child with what could be opened. */
export type CaseView = ReturnType<typeof caseView>;

export function caseView(id: string, state: KnownCase, person: PersonState, context: DecideContext) {
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  return {
    id,
    version: state.version,
    code: state.code,
    person: personView(state.personId, person),
    flags: context.person.flags.map((kind) => ({ kind, title: context.common.personFlags[kind]?.title ?? null })),
    age: ageOf(context),
    agency: state.agency,
    owner: state.owner ?? null,
    province: state.province ?? null,
    district: state.district ?? null,
    openedAt: state.openedAt,
    receivedFrom: state.receivedFrom ?? null,
    synthetic: state.synthetic,
    enrolment: enrolmentView(state, pathway),
    risk: state.risk === undefined ? null : riskView(state.risk.level, context),
    riskProposal: state.riskProposal === undefined ? null : proposalView(state.riskProposal, context),
    facts: state.facts,
    tracks: Object.entries(state.tracks).flatMap(([track, rows]) =>
      rows.map((row) => ({
        track,
        title: pathway?.definition.tracks[track]?.title ?? null,
        row: row.row ?? null,
        state: row.state,
        stateTitle: pathway?.definition.tracks[track]?.states[row.state] ?? null,
        since: row.since,
        precision: row.precision,
      })),
    ),
    documents: state.documents.map(({ documentId, code, at, by, attachment }) => ({
      documentId,
      code,
      title: context.common.documents[code]?.title ?? null,
      at,
      by,
      attachment: attachment === undefined ? null : { kind: attachment.kind, size: attachment.size },
    })),
    consents: state.consents.map(({ version: _, ...consent }) => consent),
    exceptions: state.exceptions.map(({ exceptionId, code, kinds, approvedBy, reaskOn, ended, at, by }) => ({
      exceptionId,
      code,
      kinds,
      approvedBy: approvedBy ?? null,
      reaskOn,
      ended,
      at,
      by,
    })),
    decisions: state.decisions.map(({ version: _, ...decision }) => decision),
    reviews: Object.values(state.reviews).map((review) => reviewView(review, context)),
    feedback: Object.values(state.feedback).map(({ answeredAt, ...feedback }) => ({
      ...feedback,
      answeredAt: answeredAt ?? null,
    })),
    alerts: state.alerts.map((alert) => ({
      alert,
      title: pathway?.definition.alerts?.[alert]?.title ?? context.common.labels['alerts']?.[alert] ?? null,
    })),
    emergencies: state.emergencies.map(({ justified, ...access }) => ({ ...access, justified: justified ?? null })),
    links: state.links,
    referrals: referralsView(state, context),
    unmetNeeds: needsView(state, context),
    deadlines: deadlinesView(state, context),
    identifiers: Object.fromEntries(
      Object.entries(state.foreign).map(([system, record]) => [system, record.identifiers]),
    ),
  };
}

function riskView(level: RiskLevel, { common }: DecideContext) {
  return { level, title: common.riskLevels[level] };
}

function proposalView({ proposalId, level, by }: NonNullable<KnownCase['riskProposal']>, context: DecideContext) {
  return { proposalId, ...riskView(level, context), by };
}

function reviewView({ reviewers, ...review }: ReviewStatus, { common }: DecideContext) {
  return {
    ...review,
    stateTitle: common.labels['reviewStates']?.[review.state] ?? null,
    reviewer: reviewers[review.level] ?? null,
  };
}

/** Years of age, when the birth date is known to the day. */
function ageOf({ birthDate, now, calendar }: DecideContext): number | null {
  const today = localDateOf(now, calendar.zone);
  return birthDate === undefined || birthDate > today ? null : ageOn(birthDate, today);
}

export function personView(id: string, { facts, identity, location, version, merged }: PersonState) {
  return {
    id,
    version,
    sex: facts?.sex ?? null,
    ageBand: facts?.ageBand ?? null,
    province: facts?.province ?? null,
    district: facts?.district ?? null,
    synthetic: facts?.synthetic ?? null,
    mergedInto: merged?.into ?? null,
    identity,
    location,
  };
}

export function referralsView(state: KnownCase, { common }: DecideContext) {
  return Object.values(state.referrals).map((referral) => ({
    referralId: referral.referralId,
    type: referral.type,
    service: referral.service,
    fromAgency: referral.fromAgency,
    toAgency: referral.toAgency,
    urgency: referral.urgency,
    state: referral.state,
    stateTitle: common.labels['referralStates']?.[referral.state] ?? null,
    stateAt: referral.stateAt,
    sentAt: referral.sentAt ?? null,
    attempt: referral.attempt,
    rejectionReason: referral.rejectionReason ?? null,
    system: referral.system ?? null,
    language: referral.language ?? null,
    grant: referral.grant ?? null,
  }));
}

function needsView({ unmetNeeds }: KnownCase, { common }: DecideContext) {
  return unmetNeeds.map(({ needId, service, why, province, district, at, metAt, referralId }) => ({
    needId,
    service,
    why,
    whyTitle: common.labels['unmetNeedReasons']?.[why] ?? null,
    province: province ?? null,
    district: district ?? null,
    since: at,
    metAt: metAt ?? null,
    referralId: referralId ?? null,
  }));
}

export function deadlinesView(state: KnownCase, context: DecideContext) {
  return deadlineViews(state, deadlineDefinitions(state, context), context.now);
}

/** The deadlines of a case or facility: open ones first, then by due time. */
export function deadlineViews(
  book: DeadlineBook,
  all: readonly (readonly [string, DeadlineDefinition])[],
  now: Instant,
) {
  const definitions = new Map(all);
  return Object.values(book.deadlines)
    .sort((a, b) => rank(a) - rank(b) || (a.dueAt < b.dueAt ? -1 : 1))
    .map((deadline) => ({
      deadline: deadline.deadline,
      definition: deadline.definition,
      title: definitions.get(deadline.definition)?.title ?? null,
      occurrence: deadline.occurrence,
      subject: deadline.subject ?? null,
      status: statusOf(deadline, now),
      startedAt: deadline.startedAt,
      dueAt: deadline.dueAt,
      metAt: deadline.metAt ?? null,
      inTime: deadline.inTime ?? null,
      recordedLate: deadline.recordedLate ?? null,
      pausedUntil: deadline.paused?.until ?? null,
      ladder: deadline.ladder,
      rungsReached: deadline.reached,
      basis: definitions.get(deadline.definition)?.basis ?? null,
      confirmed: deadline.confirmed,
      notice: noticeOf(deadline),
      proposes: definitions.get(deadline.definition)?.proposes ?? null,
    }));
}

function enrolmentView(state: KnownCase, pathway: Pathway | undefined) {
  const { enrolment } = state;
  if (enrolment === undefined) return null;
  const present = pathway?.definition.states[enrolment.state];
  return {
    pathway: enrolment.pathway,
    title: pathway?.definition.title ?? null,
    state: enrolment.state,
    stateTitle: present?.title ?? null,
    phase: present?.phase ?? null,
    ended: present?.terminal === true,
    enteredAt: enrolment.entry.at,
    outcome: enrolment.outcome ?? null,
    transitions: enrolment.taken.map(({ transition, from, to, at, by }) => ({ transition, from, to, at, by })),
  };
}

type DeadlineViewStatus = 'due' | 'overdue' | 'paused' | 'met' | 'cancelled';

function statusOf({ status, dueAt, paused }: DeadlineStatus, now: Instant): DeadlineViewStatus {
  if (status !== 'armed') return status;
  if (paused !== undefined) return 'paused';
  return dueAt <= now ? 'overdue' : 'due';
}

function rank({ status }: DeadlineStatus): number {
  return status === 'armed' ? 0 : 1;
}

/** Said plainly, because it changes what should be done: the window was closed before anybody told us. */
function noticeOf({ closedOnArrival }: DeadlineStatus): Text | null {
  if (!closedOnArrival) return null;
  return {
    en: 'This window had already closed when it was reported; the service is still owed.',
    km: 'រយៈពេលនេះបានផុតកំណត់រួចហើយ នៅពេលទទួលបានរបាយការណ៍ ប៉ុន្តែនៅតែត្រូវផ្តល់សេវា។',
    reviewed: false,
  };
}
