import fc from 'fast-check';
import type { CaseCommandData, CaseCommandType, DecisionInput } from '#libs/cases';
import { ask, chair, supervisor, system, worker, type Asked } from './case-specification.js';
import { after, decision, member } from './case-stories.js';
import { testPathway } from './test-pathway.js';

/** Planted wherever people write words or names; it must never be seen in clear. */
export const SECRET = 'Chan Sreymom (ច័ន្ទ ស្រីមុំ)';

const of = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const always = <T>(value: T): fc.Arbitrary<T> => fc.constant(value);
const id = (name: string): fc.Arbitrary<string> => fc.integer({ min: 1, max: 3 }).map((n) => `${name}-${n}`);

const referralId = of('referral-1', 'referral-2');
const giver = of('child' as const, 'caregiver' as const);
const rejection = of('NO_CAPACITY', 'OTHER', SECRET);

interface Chosen {
  decisionId: string;
  gate: string;
  outcome: string;
  members: DecisionInput['members'];
  missing: boolean;
}

const anyDecision: fc.Arbitrary<Chosen> = fc.record({
  decisionId: id('decision'),
  gate: of('G1', 'G2'),
  outcome: of('APPROVE', 'RETURN', 'ORDERED'),
  members: fc.constantFrom([member('chair-1', true), member('m-1'), member('m-2')], []),
  missing: fc.boolean(),
});

function decided({ missing, ...chosen }: Chosen): DecisionInput {
  return decision({
    ...chosen,
    options: [{ option: 'kin', reason: SECRET }],
    reasons: SECRET,
    views: { sought: 'language', followed: false, said: SECRET, whyNotFollowed: SECRET },
    ...(missing ? { missingItem: { code: 'BIA', by: '2026-03-09' } } : {}),
  });
}

/** Data of every command that a case takes, opening aside; words and names are planted in all that people write. */
const data: { [T in Exclude<CaseCommandType, 'OpenCase'>]: fc.Arbitrary<CaseCommandData[T]> } = {
  EnrolCase: always({ pathway: 'TEST@1.0.0' }),
  MigrateCase: fc.record({ to: of('TEST@1.0.0', 'TEST@9.0.0'), reason: always(SECRET) }),
  LinkCase: fc.record({ caseId: id('case'), relation: of('same_child', 'sibling') }),
  AssignCase: fc.record({ owner: id('worker'), agency: of('osvy', 'clinic') }),
  TakeTransition: fc
    .record({
      transition: of(...testPathway.transitions.map(({ id: each }) => each)),
      guard: of('T01.2', 'T10.3', 'T04.2'),
      carries: fc.option(anyDecision, { nil: undefined }),
      reasonCode: of('ILL', 'MOVED', SECRET),
    })
    .map(({ transition, guard, carries, reasonCode }) => ({
      transition,
      reason: SECRET,
      outcome: 'O1',
      attestations: transition === guard.slice(0, 3) ? [{ guard, reason: SECRET }] : [],
      ...(['T07', 'T08'].includes(transition) ? { reasonCode } : {}),
      ...(transition === 'T11' ? { assignee: { owner: 'worker-2', agency: 'osvy' } } : {}),
      ...(carries === undefined ? {} : { decision: decided(carries) }),
    })),
  AttestGuard: fc.record({ guard: of('T01.2', 'T10.3', 'HEALTH.DONE.1'), reason: always(SECRET) }),
  RecordDocument: fc.record({
    documentId: id('document'),
    code: of('INTAKE_REPORT', 'BIA', 'SAFETY_PLAN', 'REVIEW_REPORT', 'RISK_SCREEN', 'NOTICE_OF_DECISION'),
    text: always(SECRET),
  }),
  StoreAttachment: fc.record({
    documentId: id('document'),
    attachmentId: id('attachment'),
    kind: of('pdf', 'png'),
    size: always(3),
    digest: always('0'.repeat(64)),
    fileName: always(SECRET),
  }),
  GiveConsent: fc.record({
    consentId: id('consent'),
    kind: of('CONSENT_SERVICES', 'CONSENT_SHARING', 'CHILD_ASSENT'),
    giver,
    manner: of('thumbprint' as const, 'witnessed_verbal' as const),
    language: always('km'),
    recipient: of('clinic', 'school'),
    witness: always(SECRET),
    text: always(SECRET),
  }),
  WithdrawConsent: fc.record({ consentId: id('consent'), giver, text: always(SECRET) }),
  RecordConsentException: fc.record({
    exceptionId: id('exception'),
    code: of('EX1', 'EX5'),
    kinds: fc.constantFrom(['CONSENT_SERVICES'], ['CONSENT_SHARING']),
    reason: always(SECRET),
    reaskOn: always('2026-06-01'),
    blocked: always({ blockId: 'b', who: 'caregiver', name: SECRET, phone: SECRET, token: 't' }),
  }),
  ApproveConsentException: fc.record({ exceptionId: id('exception') }),
  RejectConsentException: fc.record({ exceptionId: id('exception'), reason: always(SECRET) }),
  ReviewConsentException: fc.record({
    exceptionId: id('exception'),
    ends: fc.boolean(),
    reaskOn: always('2026-08-01'),
    text: always(SECRET),
  }),
  RecordDecision: anyDecision.map(decided),
  SetRiskLevel: fc.record({
    level: of('high', 'medium', 'low', 'no_action'),
    reason: always(SECRET),
    proposalId: id('proposal'),
  }),
  AgreeToLowerRisk: fc.record({ proposalId: id('proposal'), reason: always(SECRET) }),
  MoveTrack: fc.record({
    track: of('LIBERTY', 'HEALTH'),
    to: of('AT_LIBERTY', 'CUSTODY', 'DETAINED', 'OFFERED', 'DONE'),
    place: of('POST-1', 'PRISON-08'),
    text: always(SECRET),
  }),
  RecordFacts: fc
    .record(
      {
        hearingOn: of('2026-03-20', '2026-05-30'),
        offence: of('PETTY', 'FELONY'),
        places: fc.integer({ min: 0, max: 12 }),
        facility: of('RCF-1', 'RCF-2'),
        arrivedAt: fc.integer({ min: -400, max: 400 }).map((hours) => after({ hours })),
        leftOn: of('2026-03-04', '2026-04-01'),
        admission: of('NEW', 'FOUND'),
      },
      { requiredKeys: ['hearingOn', 'offence', 'places'] },
    )
    .map((facts) => ({ facts })),
  AddNote: fc.record({ noteId: id('note'), kind: of('CASE_NOTE', 'HOLD_REVIEW'), text: always(SECRET) }),
  RecordContact: fc.record({
    contactId: id('contact'),
    kind: of('VISIT', 'PHONE', 'HOME_VISIT', 'ATTEMPT'),
    reached: fc.boolean(),
    withWhom: always('child'),
    seenAlone: fc.boolean(),
    text: always(SECRET),
    token: of('t', 'u'),
  }),
  BlockContact: always({ blockId: 'b', who: 'uncle', because: 'EX1', name: SECRET, phone: SECRET, token: 'u' }),
  DeclareConflict: fc.record({
    conflictId: id('conflict'),
    subject: always('staff' as const),
    ref: of('worker-3', 'm-2'),
    reason: always(SECRET),
  }),
  DraftReferral: fc.record({
    referralId,
    type: of('service', 'transfer'),
    service: always({ code: 'health' }),
    fromAgency: always('osvy'),
    toAgency: of('clinic', 'school'),
    urgency: of('URGENT', 'ROUTINE', 'EMERGENCY'),
    language: of('km', 'cmo', SECRET),
    reason: always(SECRET),
  }),
  SendReferral: fc.record({ referralId }),
  AcknowledgeReferral: fc.record({ referralId }),
  RequestReferralInformation: fc.record({ referralId, text: always(SECRET) }),
  ProvideReferralInformation: fc.record({ referralId, text: always(SECRET) }),
  AcceptReferral: fc.record({ referralId }),
  RejectReferral: fc.record({ referralId, reason: rejection, text: always(SECRET) }),
  StartService: fc.record({ referralId }),
  CompleteReferral: fc.record({ referralId, text: always(SECRET) }),
  RevokeReferral: fc.record({ referralId, reason: rejection }),
  ReceiveRecord: fc
    .record({
      digest: id('digest'),
      risk: of('high', 'low'),
      referralId,
      state: of('SENT', 'ACCEPTED', 'REJECTED', 'COMPLETED', 'REVOKED'),
      rejectionReason: rejection,
    })
    .map(({ digest, risk, ...referral }) => ({
      system: 'primero' as const,
      digest,
      identifiers: {},
      facts: {},
      sealed: { identity: { name: SECRET } },
      risk,
      referrals: [
        {
          ...referral,
          key: 'key',
          type: 'service' as const,
          service: { code: 'health' },
          fromAgency: 'osvy',
          toAgency: 'clinic',
          urgency: 'URGENT' as const,
          sealed: { narrative: { words: SECRET } },
        },
      ],
      open: { code: 'K', personId: 'p', agency: 'osvy', synthetic: true },
    })),
  ExtendDeadline: fc.record({
    deadline: of('D_ASSESS.1', 'D_PANEL.1', 'D_CONTACT.1', 'R01.1'),
    until: of(after({ days: 30 }), after({ days: 60 })),
    reason: always(SECRET),
  }),
  PauseDeadline: fc.record({
    deadline: of('D_PANEL.1', 'D_NOTICE.1', 'R02.1'),
    until: of(after({ days: 5 }), after({ days: 20 })),
    reason: always(SECRET),
  }),
  ResumeDeadline: fc.record({ deadline: of('D_PANEL.1', 'D_NOTICE.1', 'R02.1') }),
  NotePersonDetails: always({ changed: ['birthDate' as const] }),
  ProposeUnsealing: fc.record({
    unsealingId: id('unsealing'),
    orderReference: always('Order 12'),
    reason: always(SECRET),
  }),
  ApproveUnsealing: fc.record({ unsealingId: id('unsealing') }),
  ForgetChild: fc.record({ erasureId: id('erasure') }),
  FileReview: fc.record({
    reviewId: id('review'),
    decisionId: id('decision'),
    by: always('child' as const),
    channel: always('voice' as const),
    text: always(SECRET),
  }),
  AcknowledgeReview: fc.record({ reviewId: id('review') }),
  TakeUpReview: fc.record({ reviewId: id('review') }),
  DecideReview: fc.record({
    reviewId: id('review'),
    outcome: of('UPHELD' as const, 'DISMISSED' as const),
    reasons: always(SECRET),
    noticeGiven: fc.boolean(),
  }),
  RequestSecondLevel: fc.record({
    reviewId: id('review'),
    by: always('child' as const),
    channel: always('paper' as const),
    text: always(SECRET),
  }),
  ReceiveFeedback: fc.record({
    feedbackId: id('feedback'),
    by: always('child' as const),
    channel: always('helpline' as const),
    text: always(SECRET),
  }),
  TakeEmergencyAccess: fc.record({
    accessId: id('emergency'),
    reason: fc.constantFrom(`${SECRET}, and a child is in danger`, 'danger'),
  }),
  ReviewEmergencyAccess: fc.record({ accessId: id('emergency'), justified: fc.boolean(), text: always(SECRET) }),
  AnswerFeedback: fc.record({ feedbackId: id('feedback'), text: always(SECRET) }),
  ReachRungs: fc.record({
    deadline: fc
      .tuple(of(...Object.keys(testPathway.deadlines), 'R01', 'R02'), fc.integer({ min: 1, max: 4 }))
      .map(([definition, number]) => `${definition}.${number}`),
  }),
  RecordUnmetNeed: fc.record({
    needId: id('need'),
    service: of('health', 'school'),
    why: of('NO_CAPACITY', 'OTHER', SECRET),
    district: of('0801', '1202'),
    text: always(SECRET),
  }),
  MeetUnmetNeed: fc.record({ needId: id('need'), text: always(SECRET) }),
};

export interface Surprise {
  asked: Asked;
  /** Hours since the command before. */
  wait: number;
  /** Whether the alarm of every open deadline rings before it. */
  alarm: boolean;
}

export const anyCommand: fc.Arbitrary<Surprise> = fc
  .oneof(
    ...Object.entries(data).map(([type, arbitrary]) => ({
      // Referrals need several commands in a row to get anywhere.
      weight: type.includes('Referral') || type === 'StartService' ? 4 : 1,
      arbitrary: (arbitrary as fc.Arbitrary<CaseCommandData['AddNote']>).map((each) => ({
        type: type as 'AddNote',
        each,
      })),
    })),
  )
  .chain(({ type, each }) =>
    fc
      .record({
        actor: of({ ...worker, roles: ['OSVY_SW', 'PDOSVY_SUP', 'GK_CHAIR'] }, worker, supervisor, chair, system),
        hours: fc.integer({ min: 0, max: 24 * 60 }),
        precision: of('moment', 'day'),
        wait: fc.integer({ min: 0, max: 96 }),
        alarm: fc.boolean(),
      })
      .map(({ actor, hours, precision, wait, alarm }) => ({
        asked: ask(type, each, { actor, at: after({ hours }), precision }),
        wait,
        alarm,
      })),
  );
