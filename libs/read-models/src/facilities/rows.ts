import {
  evolveFacility,
  isAccused,
  type FacilityEvent,
  type FacilityState,
  type KnownFacility,
  type Recorded,
} from '#libs/cases';
import { deadlineRows, deadlineTable, type DeadlineRow } from '../deadline-rows.js';
import type { Table } from '../table.js';

export interface FacilitySummaryRow {
  stream_id: string;
  version: number;
  code: string;
  type: string;
  state: string;
  state_since: string;
  known_since: string;
  province: string;
  district: string;
  village: string | null;
  capacity: number | null;
  reported_children: number | null;
  agency: string;
  owner: string | null;
  closes_on: string | null;
  inspected_at: string | null;
  accused: boolean;
  synthetic: boolean;
}

export interface FacilityHistoryRow {
  stream_id: string;
  version: number;
  recorded_at: string;
  state: string;
  capacity: number | null;
}

export interface FacilityRows {
  facility_summary: FacilitySummaryRow[];
  deadlines: DeadlineRow[];
}

export const facilityTables: {
  facility_summary: Table<FacilitySummaryRow>;
  deadlines: Table<DeadlineRow>;
} = {
  facility_summary: {
    name: 'facility_summary',
    key: ['stream_id'],
    columns: [
      'stream_id',
      'version',
      'code',
      'type',
      'state',
      'state_since',
      'known_since',
      'province',
      'district',
      'village',
      'capacity',
      'reported_children',
      'agency',
      'owner',
      'closes_on',
      'inspected_at',
      'accused',
      'synthetic',
    ],
  },
  deadlines: deadlineTable,
};

export const historyTable: Table<FacilityHistoryRow> = {
  name: 'facility_history',
  key: ['stream_id', 'version'],
  columns: ['stream_id', 'version', 'recorded_at', 'state', 'capacity'],
};

/** What people see of a facility, as a pure function of its state. */
export function facilityRows(id: string, state: FacilityState): FacilityRows {
  if (state.status === 'none') return { facility_summary: [], deadlines: [] };
  return { facility_summary: [summaryRow(id, state)], deadlines: deadlineRows(id, state) };
}

/** State and capacity after each event that changed one of them. */
export function historyRows(
  id: string,
  before: FacilityState,
  recorded: readonly Recorded<FacilityEvent>[],
): FacilityHistoryRow[] {
  const rows: FacilityHistoryRow[] = [];
  let earlier = before;
  for (const each of recorded) {
    const later = evolveFacility(earlier, each) as KnownFacility;
    const same = earlier.status === 'known' && earlier.state === later.state && earlier.capacity === later.capacity;
    if (!same) rows.push(historyRow(id, later, each.recordedAt));
    earlier = later;
  }
  return rows;
}

function historyRow(id: string, { version, state, capacity }: KnownFacility, recordedAt: string): FacilityHistoryRow {
  return { stream_id: id, version, recorded_at: recordedAt, state, capacity: capacity ?? null };
}

function summaryRow(id: string, state: KnownFacility): FacilitySummaryRow {
  return {
    stream_id: id,
    version: state.version,
    code: state.code,
    type: state.type,
    state: state.state,
    state_since: state.stateSince,
    known_since: state.knownSince,
    province: state.province,
    district: state.district,
    village: state.village ?? null,
    capacity: state.capacity ?? null,
    reported_children: state.reportedChildren ?? null,
    agency: state.agency,
    owner: state.owner ?? null,
    closes_on: state.closesOn ?? null,
    inspected_at: latest(state.inspections.map(({ at }) => at)),
    accused: isAccused(state),
    synthetic: state.synthetic,
  };
}

function latest(moments: readonly string[]): string | null {
  return moments.toSorted().at(-1) ?? null;
}
