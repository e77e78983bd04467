import {
  carerOf,
  type CaseEvent,
  type CaseState,
  type DeadlineStatus,
  type ForeignSystem,
  type KnownCase,
  type ReferralStatus,
} from '#libs/cases';
import type { Pathway } from '#libs/pathways';
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
}

export interface DeadlineRow {
  stream_id: string;
  deadline: string;
  definition: string;
  occurrence: number;
  subject: string | null;
  status: 'armed' | 'met' | 'cancelled';
  started_at: string;
  due_at: string;
  met_at: string | null;
  in_time: boolean | null;
  recorded_late: boolean | null;
  ladder: string;
  confirmed: boolean;
  closed_on_arrival: boolean;
  rungs_reached: number[];
  next_rung_at: string | null;
  paused_until: string | null;
}

export interface EscalationRow {
  stream_id: string;
  deadline: string;
  rung: number;
  version: number;
  raised_at: string;
  recipients: string[];
  action: string | null;
  overdue: boolean;
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
}

export interface IdentifierRow {
  stream_id: string;
  system: string;
  name: string;
  value: string;
}

export interface CaseRows extends RecordRows {
  case_summary: SummaryRow[];
  deadlines: DeadlineRow[];
  referrals: ReferralRow[];
  foreign_identifiers: IdentifierRow[];
}

export const caseTables: {
  case_summary: Table<SummaryRow>;
  deadlines: Table<DeadlineRow>;
  referrals: Table<ReferralRow>;
  foreign_identifiers: Table<IdentifierRow>;
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
    ],
  },
  deadlines: {
    name: 'deadlines',
    key: ['stream_id', 'deadline'],
    columns: [
      'stream_id',
      'deadline',
      'definition',
      'occurrence',
      'subject',
      'status',
      'started_at',
      'due_at',
      'met_at',
      'in_time',
      'recorded_late',
      'ladder',
      'confirmed',
      'closed_on_arrival',
      'rungs_reached',
      'next_rung_at',
      'paused_until',
    ],
  },
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
    ],
  },
  foreign_identifiers: {
    name: 'foreign_identifiers',
    key: ['stream_id', 'system', 'name'],
    columns: ['stream_id', 'system', 'name', 'value'],
  },
  ...recordTables,
};

/** Escalations are facts of their own; a second one for the same rung breaks the key and with it the transaction. */
export const escalationTable: Table<EscalationRow> = {
  name: 'escalations',
  key: ['stream_id', 'deadline', 'rung'],
  columns: ['stream_id', 'deadline', 'rung', 'version', 'raised_at', 'recipients', 'action', 'overdue'],
};

/** What people see of a case, as a pure function of its state. */
export function caseRows(id: string, state: CaseState, pathway: Pathway | undefined): CaseRows {
  if (state.status === 'none') {
    return { case_summary: [], deadlines: [], referrals: [], foreign_identifiers: [], ...noRecordRows };
  }
  return {
    case_summary: [summaryRow(id, state, pathway)],
    deadlines: Object.values(state.deadlines).map((deadline) => deadlineRow(id, deadline)),
    referrals: Object.values(state.referrals).map((referral) => referralRow(id, referral)),
    foreign_identifiers: identifierRows(id, state),
    ...recordRows(id, state, pathway),
  };
}

export function escalationRow(id: string, version: number, event: CaseEvent<'EscalationRaised'>): EscalationRow {
  const { deadline, rung, recipients, action, overdue } = event.data;
  return {
    stream_id: id,
    deadline,
    rung,
    version,
    raised_at: event.occurredAt,
    recipients,
    action: action ?? null,
    overdue,
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
  };
}

function deadlineRow(id: string, deadline: DeadlineStatus): DeadlineRow {
  const waiting = deadline.rungs.filter(({ rung }) => !deadline.reached.includes(rung)).map(({ at }) => at);
  return {
    stream_id: id,
    deadline: deadline.deadline,
    definition: deadline.definition,
    occurrence: deadline.occurrence,
    subject: deadline.subject ?? null,
    status: deadline.status,
    started_at: deadline.startedAt,
    due_at: deadline.dueAt,
    met_at: deadline.metAt ?? null,
    in_time: deadline.inTime ?? null,
    recorded_late: deadline.recordedLate ?? null,
    ladder: deadline.ladder,
    confirmed: deadline.confirmed,
    closed_on_arrival: deadline.closedOnArrival,
    rungs_reached: deadline.reached,
    next_rung_at: deadline.status === 'armed' ? (deadline.paused?.until ?? waiting.sort().at(0) ?? null) : null,
    paused_until: deadline.status === 'armed' ? (deadline.paused?.until ?? null) : null,
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
  };
}

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
