import type { CaseCommandData, DecisionInput } from '#libs/cases';
import type { RiskLevel } from '#libs/pathways';
import { ask, chair, START, supervisor, worker, type Asked, type Circumstances } from './case-specification.js';

/** Commands of everyday stories, filled in as far as the story does not say otherwise. */
export function openCase(data: Partial<CaseCommandData['OpenCase']> = {}, when: Circumstances = {}): Asked {
  const known = { code: 'K-7F3Q2', personId: 'person-1', agency: 'osvy', owner: worker.id, synthetic: true };
  return ask('OpenCase', { ...known, pathway: 'TEST@1.0.0', ...data }, when);
}

export const risk = (level: RiskLevel, when: Circumstances = {}): Asked =>
  ask('SetRiskLevel', { level, reason: 'seen at home', proposalId: nextId('proposal') }, when);

/** A lower level is proposed, with the review that speaks for it written up. */
export const riskProposed = (level: RiskLevel, when: Circumstances = {}): Asked[] => [
  ask('SetRiskLevel', { level, reason: 'calmer', proposalId: 'proposal' }, when),
  document('REVIEW_REPORT', when),
];

export const riskAgreed = (when: Circumstances = {}): Asked =>
  ask('AgreeToLowerRisk', { proposalId: 'proposal' }, { ...when, actor: supervisor });

export const facts = (known: CaseCommandData['RecordFacts']['facts'], when: Circumstances = {}): Asked =>
  ask('RecordFacts', { facts: known }, when);

export const track = (id: string, to: string, when: Circumstances = {}, row?: string): Asked =>
  ask('MoveTrack', { track: id, to, ...(row === undefined ? {} : { row }) }, when);

export const note = (kind: string, when: Circumstances = {}): Asked =>
  ask('AddNote', { noteId: nextId('note'), kind, text: 'words' }, when);

export const document = (code: string, when: Circumstances = {}): Asked =>
  ask('RecordDocument', { documentId: nextId('document'), code }, when);

export const contact = (data: Partial<CaseCommandData['RecordContact']> = {}, when: Circumstances = {}): Asked =>
  ask(
    'RecordContact',
    { contactId: nextId('contact'), kind: 'VISIT', reached: true, withWhom: 'child', seenAlone: true, ...data },
    when,
  );

export const consent = (data: Partial<CaseCommandData['GiveConsent']> = {}, when: Circumstances = {}): Asked =>
  ask(
    'GiveConsent',
    {
      consentId: nextId('consent'),
      kind: 'CONSENT_SERVICES',
      giver: 'child',
      manner: 'thumbprint',
      language: 'km',
      ...data,
    },
    when,
  );

export const sharingWith = (recipient: string, when: Circumstances = {}, consentId = nextId('consent')): Asked =>
  consent({ consentId, kind: 'CONSENT_SHARING', recipient }, when);

export const exception = (
  data: Partial<CaseCommandData['RecordConsentException']> = {},
  when: Circumstances = {},
): Asked =>
  ask(
    'RecordConsentException',
    {
      exceptionId: nextId('exception'),
      code: 'EX5',
      kinds: ['CONSENT_SERVICES'],
      reason: 'no caregiver',
      reaskOn: '2026-06-01',
      ...data,
    },
    when,
  );

export function step(
  transition: string,
  data: Partial<CaseCommandData['TakeTransition']> = {},
  when: Circumstances = {},
): Asked {
  return ask('TakeTransition', { transition, attestations: [], ...data }, when);
}

export function decision(data: Partial<DecisionInput> = {}): DecisionInput {
  return {
    decisionId: nextId('decision'),
    gate: 'G1',
    outcome: 'APPROVE',
    options: [{ option: 'kin', reason: 'closest' }, { option: 'facility' }],
    members: [member('chair-1', true), member('member-1'), member('member-2')],
    reasons: 'best for the child',
    views: { sought: 'language', followed: true, said: 'wants to live with the aunt' },
    noticeGiven: true,
    ...data,
  };
}

export const decided = (data: Partial<DecisionInput> = {}, when: Circumstances = {}): Asked =>
  ask('RecordDecision', decision(data), { actor: chair, ...when });

export const member = (id: string, isChair = false): DecisionInput['members'][number] => ({
  id,
  role: isChair ? 'GK_CHAIR' : 'GK_MEMBER',
  agency: `agency of ${id}`,
  chair: isChair,
  vote: 'for',
});

export const draft = (data: Partial<CaseCommandData['DraftReferral']> = {}, when: Circumstances = {}): Asked =>
  ask(
    'DraftReferral',
    {
      referralId: 'referral-1',
      type: 'service',
      service: { code: 'health' },
      fromAgency: 'osvy',
      toAgency: 'clinic',
      urgency: 'URGENT',
      ...data,
    },
    when,
  );

export const sent = (referralId = 'referral-1', when: Circumstances = {}): Asked =>
  ask('SendReferral', { referralId }, when);

/** A case under assessment. */
export const assessed = (when: Circumstances = {}): Asked[] => [
  openCase({}, when),
  risk('medium', when),
  document('INTAKE_REPORT', when),
  consent({}, when),
  consent({ giver: 'caregiver' }, when),
  step('T01', { attestations: [{ guard: 'T01.2', reason: 'searched' }] }, when),
];

/** A case before the panel. */
export const submitted = (when: Circumstances = {}): Asked[] => [
  ...assessed(when),
  document('BIA', when),
  contact({}, when),
  step('T04', {}, when),
];

/** A case in support. */
export const supported = (when: Circumstances = {}): Asked[] => [
  ...submitted(when),
  step('T05', { decision: decision() }, { ...when, actor: chair }),
];

/** A case that was closed. */
export const closed = (when: Circumstances = {}): Asked[] => [
  ...supported(when),
  ask('AttestGuard', { guard: 'T10.3', reason: 'moved abroad' }, { ...when, actor: headOfOffice }),
  step('T10', { outcome: 'O1' }, when),
];

const headOfOffice = { id: 'supervisor-1', roles: ['PDOSVY_SUP'], agency: 'pdosvy' };

let ids = 0;

export function nextId(of: string): string {
  ids += 1;
  return `${of}-${ids}`;
}

/** Hours and days after the beginning of a story. */
export function after(span: { days?: number; hours?: number; minutes?: number }, from = START): string {
  const milliseconds = (((span.days ?? 0) * 24 + (span.hours ?? 0)) * 60 + (span.minutes ?? 0)) * 60_000;
  return new Date(Date.parse(from) + milliseconds).toISOString();
}
