import type { NoticeRow, Task, UnansweredRow, UnassignedRow } from '#libs/read-models';

import { bilingual, flag, instant, list, nullable, shape, text, uuid, whole } from '../description/schema.js';

export type TaskView = ReturnType<typeof taskView>;
export type UnansweredView = ReturnType<typeof unansweredView>;
export type UnassignedView = ReturnType<typeof unassignedView>;
export type NoticeView = ReturnType<typeof noticeView>;

/** One open deadline: a case code, what is due and when. No name and no story. */
export function taskView(task: Task, nextProvider: string | null) {
  return {
    caseId: task.stream_id,
    code: task.code,
    pathway: task.pathway,
    state: task.state,
    risk: task.risk,
    owner: task.owner,
    agency: task.agency,
    province: task.province,
    district: task.district,
    deadline: task.deadline,
    definition: task.definition,
    title: task.title,
    dueAt: task.due_at,
    overdueHours: task.overdueHours,
    confirmed: task.confirmed,
    rungsReached: task.rungs_reached,
    nextProvider,
  };
}

export const taskSchema = shape<TaskView>({
  caseId: uuid,
  code: text,
  pathway: nullable(text),
  state: nullable(text),
  risk: nullable(text),
  owner: nullable(text),
  agency: text,
  province: nullable(text),
  district: nullable(text),
  deadline: text,
  definition: text,
  title: nullable(bilingual),
  dueAt: instant,
  overdueHours: { ...nullable(whole), description: 'Whole hours past the due time; null while there is time' },
  confirmed: flag,
  rungsReached: list(whole),
  nextProvider: { ...nullable(text), description: 'Agency to ask next, while another provider is looked for' },
});

export function unansweredView(row: UnansweredRow, nextProvider: string | null) {
  return {
    caseId: row.stream_id,
    code: row.code,
    referralId: row.referral_id,
    type: row.type,
    service: row.service,
    urgency: row.urgency,
    fromAgency: row.from_agency,
    toAgency: row.to_agency,
    state: row.state,
    sentAt: row.sent_at,
    dueAt: row.due_at,
    nextProvider,
  };
}

export const unansweredSchema = shape<UnansweredView>({
  caseId: uuid,
  code: text,
  referralId: uuid,
  type: text,
  service: text,
  urgency: text,
  fromAgency: text,
  toAgency: text,
  state: text,
  sentAt: instant,
  dueAt: nullable(instant),
  nextProvider: { ...nullable(text), description: 'Agency to ask next; told to who sent it, never to who is asked' },
});

export function unassignedView(row: UnassignedRow) {
  return {
    caseId: row.stream_id,
    code: row.code,
    personId: row.person_id,
    risk: row.risk,
    agency: row.agency,
    province: row.province,
    district: row.district,
    receivedFrom: row.received_from,
    openedAt: row.opened_at,
  };
}

export const unassignedSchema = shape<UnassignedView>({
  caseId: uuid,
  code: text,
  personId: uuid,
  risk: nullable(text),
  agency: text,
  province: nullable(text),
  district: nullable(text),
  receivedFrom: nullable(text),
  openedAt: instant,
});

export function noticeView(row: NoticeRow) {
  return {
    caseId: row.of_facility ? null : row.stream_id,
    facilityId: row.of_facility ? row.stream_id : null,
    version: row.version,
    code: row.case_code,
    subject: row.subject,
    overdue: row.overdue,
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}

export const noticeSchema = shape<NoticeView>({
  caseId: { ...nullable(uuid), description: 'The case it is about; null for a notice about a facility' },
  facilityId: { ...nullable(uuid), description: 'The facility it is about; null for a notice about a case' },
  version: whole,
  code: text,
  subject: text,
  overdue: flag,
  createdAt: instant,
  readAt: nullable(instant),
});
