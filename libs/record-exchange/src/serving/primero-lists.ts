import { isInstant, parseInstant, type Instant } from '#libs/calendar';
import type { Spean } from '#libs/composition';
import {
  compare,
  filtersIn,
  isFound,
  matches,
  servedPrimero,
  stagedPrimero,
  type Condition,
  type Filters,
  type OutgoingRecord,
} from '#libs/interop';
import type { CaseToTell } from '#libs/read-models';
import { tellable, traceTelling, type Asker } from './asker.js';
import { holdCases, type HeldCase } from './held-cases.js';
import { findListing, keepListing, listKey } from './listings.js';
import { findByNames } from './names.js';

/** What a list of cases is asked for, as Primero has it. */
export interface ListAsked {
  readonly filters: Filters;
  /** From 1. */
  readonly page: number;
  readonly per: number;
  readonly orderBy: string;
  readonly descending: boolean;
  readonly words: string | undefined;
  readonly idsAlone: boolean;
}

export interface Listed {
  readonly held: readonly HeldCase[];
  readonly total: number;
}

/** Primero promises 1,000 and programs ask for ten times as many; here they get what they ask for. */
const perAtMost = 10_000;
const perByDefault = 20;
const byDefault = 'created_at';

/** Reads the query of a list. What is no number counts as not said, as in Primero. */
export function listAsked(query: Readonly<Record<string, unknown>>): ListAsked {
  const count = (name: string, otherwise: number): number => {
    const number = Number(query[name]);
    return Number.isInteger(number) && number > 0 ? number : otherwise;
  };
  const word = (name: string): string | undefined => (typeof query[name] === 'string' ? query[name] : undefined);
  return {
    filters: filtersIn(query),
    page: count('page', 1),
    per: Math.min(count('per', perByDefault), perAtMost),
    orderBy: word('order_by') ?? byDefault,
    descending: word('order') === 'desc',
    words: word('query'),
    idsAlone: word('id_search') === 'true',
  };
}

/** The record of a case as Primero answers for it, and as far as the program may see it. */
export function primeroRecord({ seen, changedAt, sight }: HeldCase): OutgoingRecord {
  const record = servedPrimero(seen, changedAt);
  return sight.has('progress') ? record : stagedPrimero(record, seen);
}

/**
 * One page of a list. The first fixes what the others hold (`keepListing`); a case that may not be told any more by then
 * is missing on its page, and nothing else moves.
 *
 * @throws ReadNotRecorded
 */
export async function listPrimero(spean: Spean, asker: Asker, asked: ListAsked): Promise<Listed> {
  const { page, per, ...list } = asked;
  const key = listKey(list);
  const kept = page === 1 ? undefined : await findListing(spean, asker.caller.id, key);
  const found = kept === undefined ? await findAll(spean, asker, asked) : undefined;
  const ids = kept ?? (found ?? []).map(({ caseId }) => caseId);
  if (kept === undefined && ids.length > per) await keepListing(spean, asker.caller.id, key, ids);
  const wanted = ids.slice((page - 1) * per, page * per);
  const told = await toldOf(spean, asker, wanted, found);
  const held = await holdCases(spean, asker.caller, told);
  await traceTelling(spean, asker, held);
  return { held, total: ids.length };
}

/** Every case that the list has, in its order. */
async function findAll(spean: Spean, asker: Asker, asked: ListAsked): Promise<CaseToTell[]> {
  const { filters, orderBy, descending, words, idsAlone } = asked;
  const named = await namedIn(spean, filters.all);
  const all = await tellable(spean, 'primero', asker, { ...changedIn(filters.all), among: named });
  const ordered = orderBy === byDefault || orderBy === 'last_updated_at';
  if (ordered && words === undefined && isDecided(filters)) return sorted(all, orderBy, descending);
  const records = (await holdCases(spean, asker.caller, all)).map((held) => ({ held, record: primeroRecord(held) }));
  const found = records.filter(
    ({ record }) => matches(record, filters) && (words === undefined || isFound(record, words, idsAlone)),
  );
  if (ordered)
    return sorted(
      found.map(({ held }) => held),
      orderBy,
      descending,
    );
  const text = ({ [orderBy]: value }: OutgoingRecord): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const inOrder = found.toSorted((one, other) => compare(text(one.record), text(other.record)));
  return (descending ? inOrder.reverse() : inOrder).map(({ held }) => held);
}

function sorted(cases: readonly CaseToTell[], orderBy: string, descending: boolean): CaseToTell[] {
  const at = (each: CaseToTell): Instant => (orderBy === byDefault ? each.openedAt : each.changedAt);
  // Cases of one moment stay in the order of their ids.
  const inOrder = cases.toSorted((one, other) => compare(at(one), at(other)));
  return descending ? inOrder.reverse() : inOrder;
}

/** Pages after the first are judged anew: what may not be told by now is not. */
async function toldOf(
  spean: Spean,
  asker: Asker,
  wanted: readonly string[],
  found: readonly CaseToTell[] | undefined,
): Promise<CaseToTell[]> {
  if (wanted.length === 0) return [];
  const told = found ?? (await tellable(spean, 'primero', asker, { among: wanted }));
  const byId = new Map(told.map((each) => [each.caseId, each]));
  return wanted.flatMap((id) => byId.get(id) ?? []);
}

const changed = 'last_updated_at';
/** Ids under which the database finds a case; whether it is that id is asked of the record. */
const nameFields: ReadonlySet<string> = new Set(['id', 'case_id', 'case_id_display', 'oscar_number', 'oscar_short_id']);

async function namedIn(spean: Spean, conditions: readonly Condition[]): Promise<string[] | undefined> {
  const names = conditions.find((each) => nameFields.has(each.field) && 'values' in each);
  if (names === undefined || !('values' in names)) return undefined;
  return spean.database.read(spean.context, (queries) => findByNames(queries, names.values));
}

function changedIn(conditions: readonly Condition[]): { changedFrom?: Instant; changedTo?: Instant } {
  const range = conditions.find(isChange);
  if (range === undefined || !('from' in range)) return {};
  return {
    ...(range.from === undefined ? {} : { changedFrom: parseInstant(range.from) }),
    ...(range.to === undefined ? {} : { changedTo: parseInstant(range.to) }),
  };
}

/** A time of change that the database can compare. */
const isChange = (each: Condition): boolean =>
  each.field === changed && 'from' in each && [each.from, each.to].every((end) => end === undefined || isInstant(end));

/** Whether the database has answered all that is asked, so that no record has to be opened to know which are meant. */
const isDecided = ({ all, any, none }: Filters): boolean => any.length + none.length === 0 && all.every(isChange);
