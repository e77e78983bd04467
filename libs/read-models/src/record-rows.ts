import { cambodia } from '#libs/calendar';
import { watchlistsOf, type KnownCase } from '#libs/cases';
import type { Pathway } from '#libs/pathways';
import type { Table } from './table.js';

export interface UnmetNeedRow {
  stream_id: string;
  need_id: string;
  service: string;
  why: string;
  province: string | null;
  district: string | null;
  since: string;
  met_at: string | null;
  referral_id: string | null;
}

export interface ExceptionRow {
  stream_id: string;
  exception_id: string;
  code: string;
  kinds: string[];
  used_at: string;
  used_by: string;
  approved_by: string | null;
}

export interface TrackStateRow {
  stream_id: string;
  track: string;
  /** Empty where the track has one row alone. */
  line: string;
  state: string;
  since: string;
  states: string[];
}

export interface FactRow {
  stream_id: string;
  name: string;
  value: string;
}

export interface WatchlistRow {
  stream_id: string;
  watchlist: string;
  since: string;
}

/** What supervisors and reports read of a case besides its summary. */
export interface RecordRows {
  unmet_needs: UnmetNeedRow[];
  case_exceptions: ExceptionRow[];
  case_tracks: TrackStateRow[];
  case_facts: FactRow[];
  case_watchlists: WatchlistRow[];
}

export const recordTables: {
  unmet_needs: Table<UnmetNeedRow>;
  case_exceptions: Table<ExceptionRow>;
  case_tracks: Table<TrackStateRow>;
  case_facts: Table<FactRow>;
  case_watchlists: Table<WatchlistRow>;
} = {
  unmet_needs: {
    name: 'unmet_needs',
    key: ['stream_id', 'need_id'],
    columns: ['stream_id', 'need_id', 'service', 'why', 'province', 'district', 'since', 'met_at', 'referral_id'],
  },
  case_exceptions: {
    name: 'case_exceptions',
    key: ['stream_id', 'exception_id'],
    columns: ['stream_id', 'exception_id', 'code', 'kinds', 'used_at', 'used_by', 'approved_by'],
  },
  case_tracks: {
    name: 'case_tracks',
    key: ['stream_id', 'track', 'line'],
    columns: ['stream_id', 'track', 'line', 'state', 'since', 'states'],
  },
  case_facts: {
    name: 'case_facts',
    key: ['stream_id', 'name'],
    columns: ['stream_id', 'name', 'value'],
  },
  case_watchlists: {
    name: 'case_watchlists',
    key: ['stream_id', 'watchlist'],
    columns: ['stream_id', 'watchlist', 'since'],
  },
};

export const noRecordRows: RecordRows = {
  unmet_needs: [],
  case_exceptions: [],
  case_tracks: [],
  case_facts: [],
  case_watchlists: [],
};

export function recordRows(id: string, state: KnownCase, pathway: Pathway | undefined): RecordRows {
  return {
    unmet_needs: state.unmetNeeds.map((need) => ({
      stream_id: id,
      need_id: need.needId,
      service: need.service,
      why: need.why,
      province: need.province ?? null,
      district: need.district ?? null,
      since: need.at,
      met_at: need.metAt ?? null,
      referral_id: need.referralId ?? null,
    })),
    case_exceptions: state.exceptions.map((exception) => ({
      stream_id: id,
      exception_id: exception.exceptionId,
      code: exception.code,
      kinds: exception.kinds,
      used_at: exception.at,
      used_by: exception.by,
      approved_by: exception.approvedBy ?? null,
    })),
    case_tracks: Object.entries(state.tracks).flatMap(([track, rows]) =>
      rows.map((row) => ({
        stream_id: id,
        track,
        line: row.row ?? '',
        state: row.state,
        since: row.since,
        states: [...new Set(row.history.map((past) => past.state))].sort(),
      })),
    ),
    case_facts: Object.entries(state.facts).map(([name, value]) => ({ stream_id: id, name, value: String(value) })),
    case_watchlists:
      pathway === undefined
        ? []
        : watchlistsOf(state, pathway, cambodia).map((watchlist) => ({ stream_id: id, ...watchlist })),
  };
}
