import type {
  WatchlistCase,
  WatchlistSummary,
  Breach,
  CaseloadRow,
  ExceptionsUsed,
  LateRecorded,
  SilentCase,
} from '#libs/read-models';

import {
  bilingual,
  flag,
  instant,
  list,
  nullable,
  shape,
  text,
  uuid,
  whole,
  type Schema,
} from '../description/schema.js';

const meaning = { ...bilingual, description: 'What is listed, in words' };

/** A list with the words that say what is on it. */
export const listed = (items: Schema): Schema => ({
  type: 'object',
  properties: { meaning, items: list(items) },
  required: ['meaning', 'items'],
  additionalProperties: false,
});

/** The same, page by page. */
export const listedPage = (items: Schema): Schema => ({
  type: 'object',
  properties: {
    meaning,
    items: list(items),
    next: { ...nullable(text), description: 'Send it as cursor to read on; null at the end' },
  },
  required: ['meaning', 'items', 'next'],
  additionalProperties: false,
});

export const caseloadSchema = shape<CaseloadRow>({
  staff: text,
  title: nullable(text),
  agency: nullable(text),
  active: { ...whole, description: 'Cases that have not ended' },
  highRisk: whole,
  overloaded: { ...flag, description: 'Whether there are more than the caps allow' },
});

export const lateRecordedSchema = shape<LateRecorded>({ month: text, met: whole, recordedLate: whole });

export const exceptionsSchema = shape<ExceptionsUsed>({ code: text, used: whole, unapproved: whole });

export const watchlistSchema = shape<WatchlistSummary>({
  pathway: text,
  watchlist: text,
  title: bilingual,
  meaning: { ...bilingual, description: 'Who is on the list, in words, and by which age' },
  basis: text,
  confirmed: { ...flag, description: 'Whether counsel or the ministry has confirmed the numbers' },
  cases: whole,
});

export type SilentView = ReturnType<typeof silentView>;

export function silentView({ stream_id: caseId, last_contact_at, silent_since, ...row }: SilentCase) {
  return { caseId, ...row, lastContactAt: last_contact_at, silentSince: silent_since };
}

const caseFields = {
  caseId: uuid,
  code: text,
  state: nullable(text),
  risk: nullable(text),
  owner: nullable(text),
  agency: text,
  province: nullable(text),
  district: nullable(text),
};

export const silentSchema = shape<SilentView>({
  ...caseFields,
  pathway: nullable(text),
  lastContactAt: nullable(instant),
  silentSince: { ...instant, description: 'The last contact, or the opening where there was none' },
});

export type WatchlistCaseView = ReturnType<typeof watchlistCaseView>;

export function watchlistCaseView({ stream_id: caseId, ...row }: WatchlistCase) {
  return { caseId, ...row };
}

export const watchlistCaseSchema = shape<WatchlistCaseView>({ ...caseFields, pathway: text, since: instant });

export type BreachView = ReturnType<typeof breachView>;

export function breachView({ stream_id: caseId, started_at, due_at, met_at, ...row }: Breach) {
  return { caseId, ...row, startedAt: started_at, dueAt: due_at, metAt: met_at };
}

export const breachSchema = shape<BreachView>({
  caseId: uuid,
  code: text,
  pathway: nullable(text),
  owner: nullable(text),
  agency: text,
  province: nullable(text),
  district: nullable(text),
  deadline: text,
  definition: text,
  title: nullable(bilingual),
  startedAt: instant,
  dueAt: instant,
  metAt: { ...nullable(instant), description: 'Null while it is still running' },
  confirmed: flag,
});
