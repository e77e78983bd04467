import { v5 } from 'uuid';
import type { ForeignSystem, KnownCase, ReceivedRecord, ReferralStatus, SealedFields } from '#libs/cases';
import { shippedCodes } from './codes/code-tables.js';
import type { ExportInput, Translation, TranslationContext } from './translation.js';

/** Support for the specs beside it: a case that holds exactly what one record told. */
export const caseId = '6b1f0d52-3c5e-4b7a-9a56-0c1d2e3f4a5b';
export const now = '2026-11-24T03:00:00.000Z';

export const context: TranslationContext = {
  codes: shippedCodes,
  today: '2026-11-24',
  referralId: (key) => v5(`${caseId}/${key}`, v5.URL),
};

export type Usable = Extract<Translation, { ok: true }>;

export function usable(translation: Translation): Usable {
  if (!translation.ok) throw new Error(`unusable: ${translation.reason}`);
  return translation;
}

export function reasonOf(translation: Translation): string {
  if (translation.ok) throw new Error('expected an unusable record');
  return translation.reason;
}

export function holding({ person, record }: Usable): ExportInput {
  return {
    caseId,
    person,
    case: caseOf(record),
    sealedForeign: { [record.system]: record.sealed },
    referralTexts: Object.fromEntries(record.referrals.map(({ referralId, sealed }) => [referralId, sealed])),
    closed: false,
    codes: shippedCodes,
    now,
  };
}

export function caseOf(record: ReceivedRecord): KnownCase {
  const { system, identifiers, facts, digest, modifiedAt, risk } = record;
  return {
    ...emptyCase,
    receivedFrom: system,
    risk: risk === undefined ? undefined : { level: risk, version: 1 },
    referrals: Object.fromEntries(
      record.referrals.map((referral) => [referral.referralId, statusOf(referral, system)]),
    ),
    foreign: { [system]: { identifiers, facts, digests: [digest], modifiedAt } },
  };
}

function statusOf(referral: ReceivedRecord['referrals'][number], system: ForeignSystem): ReferralStatus {
  const { sealed: _sealed, ...clear }: typeof referral & { sealed: SealedFields } = referral;
  return {
    ...clear,
    stateAt: now,
    sentAt: now,
    attempt: 1,
    rejectionReason: clear.rejectionReason,
    system,
    sentOn: clear.sentOn,
    asked: [clear.toAgency],
    grant: undefined,
    version: 2,
  };
}

export const emptyCase: KnownCase = {
  status: 'known',
  version: 1,
  code: 'KH-0001',
  personId: '5a0e0d52-3c5e-4b7a-9a56-0c1d2e3f4a5b',
  agency: 'mosvy',
  owner: undefined,
  province: undefined,
  district: undefined,
  synthetic: true,
  receivedFrom: undefined,
  openedAt: '2026-11-01T02:00:00.000Z',
  enrolment: undefined,
  risk: undefined,
  riskProposal: undefined,
  reviews: {},
  feedback: {},
  emergencies: [],
  alerts: [],
  links: [],
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
  conflicts: [],
  blocks: [],
  stays: [],
  deadlines: {},
  armings: {},
  awaited: [],
  foreign: {},
  unmetNeeds: [],
  unsealing: undefined,
  unsealedUntil: undefined,
  erased: false,
};

/** What must survive a journey to the other system and back. */
export function essence({ person, record }: Usable) {
  return {
    person,
    risk: record.risk,
    referrals: record.referrals.map(({ key, referralId, service, state, fromAgency, toAgency, urgency, sentOn }) => ({
      ...{ key, referralId, service, state, fromAgency, toAgency, urgency, sentOn },
    })),
  };
}
