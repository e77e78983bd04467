import { isObject } from '../objects.js';
import type { OutgoingRecord } from '../translation.js';

/** One condition on a field: one of these values, or within this range, its ends included. */
export type Condition =
  | { readonly field: string; readonly values: readonly string[] }
  | { readonly field: string; readonly from: string | undefined; readonly to: string | undefined };

/** What a list is asked for: all of `all`, at least one of `any` if there are any, and none of `none`. */
export interface Filters {
  readonly all: readonly Condition[];
  readonly any: readonly Condition[];
  readonly none: readonly Condition[];
}

type Query = Readonly<Record<string, unknown>>;

/** Parameters that are no filter. `remote` says who asks, and changes nothing. */
const others = new Set(['fields', 'page', 'per', 'order', 'order_by', 'query', 'id_search', 'remote']);
const grouped = /^(or|not)\[([\w.-]+)\](?:\[\d*\])?$/;
const range = /^(.*?)\.\.(.*)$/;
/** Before a place, it means the place and all that lies in it. */
const placePrefix = 'loc:';

/** The filters in a query: `sex=male`, `a,b`, `from..to`, `from..`, `or[…]`, `not[…]`, `loc:…`. */
export function filtersIn(query: Query): Filters {
  const filters: { all: Condition[]; any: Condition[]; none: Condition[] } = { all: [], any: [], none: [] };
  for (const [name, value] of Object.entries(query)) {
    if (others.has(name)) continue;
    const [, kind, inner] = grouped.exec(name) ?? [];
    const field = (inner ?? name).replace(/\[\d*\]$/, '');
    filters[kind === 'or' ? 'any' : kind === 'not' ? 'none' : 'all'].push(conditionOn(field, value));
  }
  return filters;
}

function conditionOn(field: string, value: unknown): Condition {
  const words = [value].flat().map(String);
  const [, from, to] = words.length === 1 ? (range.exec(words[0] ?? '') ?? []) : [];
  if (from !== undefined) return { field: nameOf(field), from: from || undefined, to: to || undefined };
  const values = words.flatMap((word) => word.split(',')).map((word) => word.trim());
  return { field, values };
}

const nameOf = (field: string): string => (field.startsWith(placePrefix) ? field.slice(placePrefix.length) : field);

export function matches(record: OutgoingRecord, { all, any, none }: Filters): boolean {
  const holds = (condition: Condition): boolean => meets(record, condition);
  return all.every(holds) && (any.length === 0 || any.some(holds)) && !none.some(holds);
}

function meets(record: OutgoingRecord, condition: Condition): boolean {
  const place = condition.field.startsWith(placePrefix);
  const found = [record[nameOf(condition.field)]]
    .flat()
    .filter((value) => isWord(value))
    .map(String);
  if ('values' in condition) {
    return found.some((value) => condition.values.some((each) => (place ? value.startsWith(each) : value === each)));
  }
  const { from, to } = condition;
  return found.some(
    (value) => (from === undefined || compare(value, from) >= 0) && (to === undefined || compare(value, to) <= 0),
  );
}

const isWord = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const dateLike = /^\d{4}-\d{2}-\d{2}/;

/** Numbers by their size, moments by when they are, however written, and everything else letter by letter. */
export function compare(one: string, other: string): number {
  const [left, right] = [sizeOf(one), sizeOf(other)];
  if (left !== undefined && right !== undefined) return left - right;
  return one < other ? -1 : Number(one > other);
}

function sizeOf(text: string): number | undefined {
  const size = dateLike.test(text) ? Date.parse(text) : text.trim() === '' ? NaN : Number(text);
  return Number.isNaN(size) ? undefined : size;
}

/** Names and numbers in which `query` looks for words, and those of them that `id_search` is limited to. */
const searched = ['name', 'name_first', 'name_last', 'name_nickname', 'name_other'];
const searchedIds = ['case_id', 'case_id_display', 'short_id', 'id', 'oscar_number', 'mosvy_number'];

/** Whether the words of a search stand in a record, in any of the fields that are searched. */
export function isFound(record: OutgoingRecord, words: string, idsAlone: boolean): boolean {
  const sought = words.trim().toLowerCase();
  return [...searchedIds, ...(idsAlone ? [] : searched)].some((name) => {
    const value = record[name];
    return typeof value === 'string' && value.toLowerCase().includes(sought);
  });
}

const shortFields = [
  ...['id', 'enabled', 'case_id', 'case_id_display', 'short_id', 'name', 'age', 'sex', 'status', 'workflow'],
  ...['registration_date', 'created_at', 'last_updated_at', 'owned_by', 'risk_level', 'protection_status'],
];

/** Only these fields of a record, and its id; `short` is what a list shows, absent is all. */
export function onlyFields(record: OutgoingRecord, fields: string | undefined): OutgoingRecord {
  if (fields === undefined || fields.trim() === '') return record;
  const names = fields.split(',').map((name) => name.trim());
  const wanted = new Set(['id', ...(names.includes('short') ? shortFields : []), ...names]);
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)));
}

/** The fields of a record that a client sent, as they are now: what Primero answers to a change. */
export function changedFields(record: OutgoingRecord, sent: Record<string, unknown>): OutgoingRecord {
  const rows = (name: string, value: unknown): unknown => {
    const asked = sent[name];
    if (!Array.isArray(value) || !Array.isArray(asked)) return value;
    const ids = new Set(asked.map((row: unknown) => (isObject(row) ? row['unique_id'] : undefined)));
    const same = (value as unknown[]).filter((row) => isObject(row) && ids.has(row['unique_id']));
    return same.length === 0 ? value : same;
  };
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => name === 'id' || name === 'last_updated_at' || Object.hasOwn(sent, name))
      .map(([name, value]) => [name, rows(name, value)]),
  );
}
