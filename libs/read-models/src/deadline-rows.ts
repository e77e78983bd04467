import type { DeadlineBook, DeadlineEvent, DeadlineStatus } from '#libs/cases';
import type { Table } from './table.js';

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

export const deadlineTable: Table<DeadlineRow> = {
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
};

/** Escalations are facts of their own; a second one for the same rung breaks the key and with it the transaction. */
export const escalationTable: Table<EscalationRow> = {
  name: 'escalations',
  key: ['stream_id', 'deadline', 'rung'],
  columns: ['stream_id', 'deadline', 'rung', 'version', 'raised_at', 'recipients', 'action', 'overdue'],
};

/** The deadlines of a case or of a facility. */
export function deadlineRows(id: string, { deadlines }: DeadlineBook): DeadlineRow[] {
  return Object.values(deadlines).map((deadline) => deadlineRow(id, deadline));
}

/** The escalations among events, by the version that each made. */
export function escalationRows(id: string, before: number, events: readonly { type: string }[]): EscalationRow[] {
  return events.flatMap((event, index) => (isEscalation(event) ? [escalationRow(id, before + index + 1, event)] : []));
}

function isEscalation(event: { type: string }): event is DeadlineEvent<'EscalationRaised'> {
  return event.type === 'EscalationRaised';
}

function escalationRow(id: string, version: number, event: DeadlineEvent<'EscalationRaised'>): EscalationRow {
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
