import type { Instant, LocalDate } from '#libs/calendar';
import type { Reading } from '../reading.js';
import { readTransitionStatus, type TransitionStatus } from '../statuses.js';
import { readFreeText } from './free-text.js';

/** A referral as Primero keeps it beside the case: to whom the case was offered, and what they answered. */
export interface Transition {
  id: string | undefined;
  /** Id of the service row it is about; a referral can go without one. */
  rowId: string | undefined;
  status: TransitionStatus | undefined;
  createdAt: Instant | undefined;
  createdOn: LocalDate | undefined;
  service: string | undefined;
  toAgency: string | undefined;
  notes: string | undefined;
  rejectedReason: string | undefined;
}

/** Referrals of a case, oldest first: from the old `transitions` list, or from `referrals` as jobs attach it. */
export function readTransitions(record: Reading): Transition[] {
  return [...record.rows('transitions'), ...record.rows('referrals')]
    .filter((row) => (row.code('type') ?? 'Referral').toLowerCase() === 'referral')
    .map(transitionOf)
    .sort((one, other) => compare(one.createdAt ?? '', other.createdAt ?? ''));
}

/** The latest referral of a row, or the one that stands for the row; one that says how it was answered comes before one that doesn't. */
export function latestFor(rowId: string, transitions: Transition[]): Transition | undefined {
  const about = transitions.filter((transition) => transition.rowId === rowId || transition.id === rowId);
  return about.findLast(({ status }) => status !== undefined) ?? about.at(-1);
}

function transitionOf(row: Reading): Transition {
  return {
    id: (row.code('id') ?? row.code('unique_id'))?.toLowerCase(),
    rowId: (row.code('service_record_id') ?? row.code('service_section_unique_id'))?.toLowerCase(),
    status: row.option('status', readTransitionStatus, 'unknown status'),
    createdAt: row.moment('created_at'),
    createdOn: row.day('created_at'),
    service: row.code('service'),
    toAgency: row.code('transitioned_to_agency'),
    notes: readFreeText(row, 'notes'),
    rejectedReason: readFreeText(row, 'rejected_reason'),
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
