import { caseRelations, readersOf } from '#libs/access';
import {
  carerOf,
  sealOf,
  type CaseState,
  type ForeignSystem,
  type KnownCase,
  type ReferralStatus,
  type StayFacts,
} from '#libs/cases';
import type { Pathway } from '#libs/pathways';
import { deadlineRows, deadlineTable, type DeadlineRow } from './deadline-rows.js';
import { sharingRows, sharingTable, type SharingRow } from './sharing-rows.js';
import { noRecordRows, recordRows, recordTables, type RecordRows } from './record-rows.js';
import type { Table } from './table.js';

export interface SummaryRow {
  stream_id: string;
  version: number;
  code: string;
  person_id: string;
  pathway: string | null;
  state: string | null;
  phase: string | null;
  ended: boolean;
  risk: string | null;
  owner: string | null;
  agency: string;
  province: string | null;
  district: string | null;
  received_from: string | null;
  opened_at: string;
  entered_at: string | null;
  last_contact_at: string | null;
  conflicts: string[];
  synthetic: boolean;
  carer: string | null;
  /** How people may stand to the case, in the words of the access policy. */
  readers: string[];
  sealed: boolean;
  unsealed_until: string | null;
  erased: boolean;
}

export interface ReferralRow {
  stream_id: string;
  referral_id: string;
  type: string;
  service: string;
  urgency: string;
  from_agency: string;
  to_agency: string;
  state: string;
  state_at: string;
  sent_at: string | null;
  attempt: number;
  rejection_reason: string | null;
  system: string | null;
  asked: string[];
  language: string | null;
  grant_purpose: string | null;
  grant_classes: string[] | null;
  grant_until: string | null;
}

export interface IdentifierRow {
  stream_id: string;
  system: string;
  name: string;
  value: string;
}

export interface StayRow {
  stream_id: string;
  stay: number;
  person_id: string;
  facility: string | null;
  track: string | null;
  held_in: string | null;
  from_at: string;
  until_at: string | null;
  recorded_at: string;
  end_recorded_at: string | null;
  replaced_at: string | null;
}

export interface CaseRows extends RecordRows {
  case_summary: SummaryRow[];
  deadlines: DeadlineRow[];
  referrals: ReferralRow[];
  foreign_identifiers: IdentifierRow[];
  facility_stays: StayRow[];
  case_sharing: SharingRow[];
}

export const caseTables: {
  case_summary: Table<SummaryRow>;
  deadlines: Table<DeadlineRow>;
  referrals: Table<ReferralRow>;
  foreign_identifiers: Table<IdentifierRow>;
  facility_stays: Table<StayRow>;
  case_sharing: Table<SharingRow>;
} & typeof recordTables = {
  case_summary: {
    name: 'case_summary',
    key: ['stream_id'],
    columns: [
      'stream_id',
      'version',
      'code',
      'person_id',
      'pathway',
      'state',
      'phase',
      'ended',
      'risk',
      'owner',
      'agency',
      'province',
      'district',
      'received_from',
      'opened_at',
      'entered_at',
      'last_contact_at',
      'conflicts',
      'synthetic',
      'carer',
      'readers',
      'sealed',
      'unsealed_until',
      'erased',
    ],
  },
  deadlines: deadlineTable,
  referrals: {
    name: 'referrals',
    key: ['stream_id', 'referral_id'],
    columns: [
      'stream_id',
      'referral_id',
      'type',
      'service',
      'urgency',
      'from_agency',
      'to_agency',
      'state',
      'state_at',
      'sent_at',
      'attempt',
      'rejection_reason',
      'system',
      'asked',
      'language',
      'grant_purpose',
      'grant_classes',
      'grant_until',
    ],
  },
  foreign_identifiers: {
    name: 'foreign_identifiers',
    key: ['stream_id', 'system', 'name'],
    columns: ['stream_id', 'system', 'name', 'value'],
  },
  facility_stays: {
    name: 'facility_stays',
    key: ['stream_id', 'stay'],
    columns: [
      'stream_id',
      'stay',
      'person_id',
      'facility',
      'track',
      'held_in',
      'from_at',
      'until_at',
      'recorded_at',
      'end_recorded_at',
      'replaced_at',
    ],
  },
  case_sharing: sharingTable,
  ...recordTables,
};

/** What people see of a case, as a pure function of its state. */
export function caseRows(id: string, state: CaseState, pathway: Pathway | undefined): CaseRows {
  if (state.status === 'none') {
    return {
      case_summary: [],
      deadlines: [],
      referrals: [],
      foreign_identifiers: [],
      facility_stays: [],
      case_sharing: [],
      ...noRecordRows,
    };
  }
  return {
    case_summary: [summaryRow(id, state, pathway)],
    deadlines: deadlineRows(id, state),
    referrals: Object.values(state.referrals).map((referral) => referralRow(id, referral)),
    foreign_identifiers: identifierRows(id, state),
    facility_stays: state.stays.map((stay) => stayRow(id, state.personId, stay)),
    case_sharing: sharingRows(id, state),
    ...recordRows(id, state, pathway),
  };
}

function summaryRow(id: string, state: KnownCase, pathway: Pathway | undefined): SummaryRow {
  const { enrolment } = state;
  const present = enrolment && pathway?.definition.states[enrolment.state];
  return {
    stream_id: id,
    version: state.version,
    code: state.code,
    person_id: state.personId,
    pathway: enrolment?.pathway ?? null,
    state: enrolment?.state ?? null,
    phase: present?.phase ?? null,
    ended: present?.terminal === true,
    risk: state.risk?.level ?? null,
    owner: state.owner ?? null,
    agency: state.agency,
    province: state.province ?? null,
    district: state.district ?? null,
    received_from: state.receivedFrom ?? null,
    opened_at: state.openedAt,
    entered_at: enrolment?.entry.at ?? null,
    last_contact_at:
      state.contacts
        .filter(({ reached }) => reached)
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? null,
    conflicts: state.conflicts.map(({ ref }) => ref),
    synthetic: state.synthetic,
    carer: (pathway && carerOf(state, pathway)) ?? null,
    // Who is shut out by an allegation is asked of the register of facilities, as it is now.
    readers: readersOf(caseRelations(state, pathway, [])),
    sealed: sealOf(state, pathway) !== undefined,
    unsealed_until: state.unsealedUntil ?? null,
    erased: state.erased,
  };
}

function referralRow(id: string, referral: ReferralStatus): ReferralRow {
  return {
    stream_id: id,
    referral_id: referral.referralId,
    type: referral.type,
    service: referral.service.code,
    urgency: referral.urgency,
    from_agency: referral.fromAgency,
    to_agency: referral.toAgency,
    state: referral.state,
    state_at: referral.stateAt,
    sent_at: referral.sentAt ?? null,
    attempt: referral.attempt,
    rejection_reason: referral.rejectionReason ?? null,
    system: referral.system ?? null,
    asked: referral.asked,
    language: referral.language ?? null,
    grant_purpose: referral.grant?.purpose ?? null,
    grant_classes: referral.grant === undefined ? null : [...referral.grant.classes],
    grant_until: referral.grant?.until ?? null,
  };
}

/** They stay when the child is forgotten, so that what the other system still sends is known as theirs and left out. */
function identifierRows(id: string, { foreign }: KnownCase): IdentifierRow[] {
  return Object.entries(foreign).flatMap(([system, record]) =>
    Object.entries(record.identifiers).map(([name, value]) => ({
      stream_id: id,
      system: system as ForeignSystem,
      name,
      value,
    })),
  );
}

function stayRow(id: string, personId: string, stay: StayFacts): StayRow {
  return {
    stream_id: id,
    stay: stay.stay,
    person_id: personId,
    facility: stay.facility ?? null,
    track: stay.held?.track ?? null,
    held_in: stay.held?.state ?? null,
    from_at: stay.from,
    until_at: stay.until ?? null,
    recorded_at: stay.recordedAt,
    end_recorded_at: stay.endRecordedAt ?? null,
    replaced_at: stay.replacedAt ?? null,
  };
}
