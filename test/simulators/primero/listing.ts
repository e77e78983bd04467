import { caseForm } from './forms.js';
import { notSimulated } from './errors.js';
import { textOf, type Fields } from './fields.js';
import type { StoredCase } from './state.js';
import { shown } from './cases.js';

export type Query = Readonly<Record<string, unknown>>;

interface Page {
  readonly data: Fields[];
  readonly metadata: { readonly total: number; readonly per: number; readonly page: number };
}

const usualPer = 20;
/** However many are asked for; the answer's `per` is the only hint. */
const mostPer = 1000;

/** Fields that can be filtered by, besides those of the forms. Anything else in a query is passed over. */
const filterable: ReadonlySet<string> = new Set([
  ...Object.keys(caseForm),
  ...['id', 'record_state', 'created_at', 'last_updated_at', 'last_updated_by', 'created_by', 'workflow', 'module_id'],
]);

const shortView = [
  ...['id', 'enabled', 'name', 'sex', 'age', 'status', 'owned_by', 'case_id_display', 'short_id', 'created_at'],
  ...['registration_date', 'last_updated_at', 'module_id', 'workflow', 'risk_level'],
];

/**
 * One page of the cases that match. Pages are cut from what is there at this moment: a case that changes between two
 * pages can be missed or seen twice.
 *
 * @throws Refused for what this simulator can't do
 */
export function listed(cases: readonly StoredCase[], query: Query): Page {
  const page = positive(query['page'], 1);
  const per = Math.min(positive(query['per'], usualPer), mostPer);
  const wanted = tests(query);
  const found = cases.filter((stored) => wanted.every((test) => test(stored))).sort(order(query));
  const data = found.slice((page - 1) * per, page * per).map((stored) => only(shown(stored), query['fields']));
  return { data, metadata: { total: found.length, per, page } };
}

/** The fields that were asked for; `short` is a list that Primero has made. */
export function only(fields: Fields, asked: unknown): Fields {
  if (typeof asked !== 'string' || asked === '') return fields;
  const names = asked === 'short' ? shortView : ['id', 'enabled', 'last_updated_at', ...asked.split(',')];
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

type Test = (stored: StoredCase) => boolean;

/** @throws Refused */
function tests(query: Query): Test[] {
  return Object.entries(query).flatMap(([name, value]): Test[] => {
    if (/^(or|not)(\[|$)/.test(name)) throw notSimulated('filters with or[...] and not[...]');
    if (name.startsWith('loc:') || wordOf(value).startsWith('loc:')) throw notSimulated('filters by loc:');
    if (name === 'query') return [hasWords(wordOf(value).toLowerCase())];
    return filterable.has(name) ? [holds(name, wordOf(value))] : [];
  });
}

function holds(name: string, wanted: string): Test {
  const range = /^(.*?)\.\.(.*)$/.exec(wanted);
  if (range !== null) {
    const within = isWithin(range[1] ?? '', range[2] ?? '');
    return ({ data }) => within(data[name]);
  }
  const options = new Set(wanted.split(',').filter((option) => option !== ''));
  return ({ data }) => {
    const value = data[name];
    return Array.isArray(value) ? value.some((item) => options.has(wordOf(item))) : options.has(wordOf(value));
  };
}

/** Both ends belong to the range; an end that is left out is open. */
function isWithin(from: string, to: string): (held: unknown) => boolean {
  const [first, last] = [comparable(from), comparable(to)];
  return (held) => {
    if (typeof held !== 'string' && typeof held !== 'number') return false;
    const value = comparable(String(held));
    return (from === '' || value >= first) && (to === '' || value <= last);
  };
}

/** Moments as milliseconds, whole numbers as numbers; a text that is neither is in no range. */
const comparable = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Date.parse(text.replace(' ', 'T')));

const searched = ['name', 'case_id', 'case_id_display', 'short_id', 'oscar_number', 'mosvy_number', 'national_id_no'];

const hasWords =
  (words: string): Test =>
  ({ data }) =>
    searched.some((name) => textOf(data, name)?.toLowerCase().includes(words) === true);

/** Newest created first unless told otherwise; by a named field from the greatest down unless `order` says `asc`. */
function order({ order_by: by, order: direction }: Query): (one: StoredCase, other: StoredCase) => number {
  const sign = direction === 'asc' ? 1 : -1;
  const name = typeof by === 'string' ? by : 'created_at';
  return (one, other) => sign * (compare(one.data[name], other.data[name]) || one.place - other.place);
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [first, second] = [wordOf(one), wordOf(other)];
  return first < second ? -1 : Number(first > second);
}

/** How a value is written in a query; lists and rows are not. */
const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

function positive(value: unknown, otherwise: number): number {
  const read = Number.parseInt(String(value), 10);
  return Number.isFinite(read) && read > 0 ? read : otherwise;
}
