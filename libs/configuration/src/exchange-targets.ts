import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { checkoutDirectory } from './checkout.js';
import type { Variables } from './variables.js';

/** A Primero or an OSCaR that records are exchanged with. */
export interface ExchangeTarget {
  /** Names it in the ledger, in queues and in logs. Never changed once records were exchanged. */
  readonly id: string;
  readonly system: 'primero' | 'oscar';
  /** Base address, without a slash at its end. */
  readonly url: string;
  /** The service account: a user name of Primero, an e-mail address of OSCaR. */
  readonly account: string;
  readonly secret: string;
  /** Whose cases it has to know of: those of these agencies, and those of these provinces (two digits). */
  readonly serves: { readonly agencies: readonly string[]; readonly provinces: readonly string[] };
  readonly requestsPerSecond: number;
  /** Who there acts for an agency of ours: new cases and referrals are given to that user. */
  readonly users: Readonly<Record<string, string>>;
  /** OSCaR alone, which takes no referral without them: whom its organisations ask about one. No worker's own number. */
  readonly contact?: { readonly name: string; readonly phone: string };
}

const variable = 'SPEAN_EXCHANGE_TARGETS';
const defaultRequestsPerSecond = 5;
const mostRequestsPerSecond = 100;

const idShape = /^[a-z][a-z0-9-]{0,39}$/;
const agencyShape = /^[\w.-]{1,100}$/;
const provinceShape = /^\d{2}$/;
const variableShape = /^[A-Z][A-Z0-9_]*$/;
const phoneShape = /^\+?\d{8,15}$/;
const known = ['id', 'system', 'url', 'account', 'secret', 'serves', 'requestsPerSecond', 'users', 'contact'];

/** Says what is wrong with one field of one entry; the entry is then left out. */
type Refuse = (field: string, reason: string) => undefined;

/**
 * The targets of the YAML file that `SPEAN_EXCHANGE_TARGETS` names; none where it is not set. The file holds no secret:
 * each entry names the variable (or `<variable>_FILE`) that does.
 */
export function readExchangeTargets(variables: Variables, { production }: { production: boolean }): ExchangeTarget[] {
  const file = variables.text(variable);
  if (file === undefined) return [];
  const entries = entriesIn(variables, path.resolve(checkoutDirectory(), file));
  const seen = new Set<string>();
  return (entries ?? []).flatMap((entry, index) => {
    const target = readTarget(variables, entry, index, production);
    if (target === undefined) return [];
    if (seen.has(target.id)) variables.refuse(variable, `entry ${index + 1}: id is that of another entry`);
    seen.add(target.id);
    return [target];
  });
}

function entriesIn(variables: Variables, file: string): unknown[] | undefined {
  try {
    const content: unknown = parse(readFileSync(file, 'utf8'));
    const targets = isTable(content) ? content['targets'] : undefined;
    return Array.isArray(targets) ? targets : variables.refuse(variable, 'names a file without a list `targets`');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no YAML';
    return variables.refuse(variable, `names a file that cannot be read (${code})`);
  }
}

function readTarget(
  variables: Variables,
  entry: unknown,
  index: number,
  production: boolean,
): ExchangeTarget | undefined {
  const before = variables.problems.length;
  const refuse: Refuse = (field, reason) => variables.refuse(variable, `entry ${index + 1}: ${field} ${reason}`);
  if (!isTable(entry)) return refuse('it', 'is no table of fields');
  for (const field of Object.keys(entry).filter((each) => !known.includes(each)))
    refuse(field, 'is no field of a target');
  const target = {
    id: textIn(entry, 'id', idShape, refuse),
    system: systemIn(entry, refuse),
    url: urlIn(entry, production, refuse),
    account: textIn(entry, 'account', /^\S{1,200}$/, refuse),
    secret: secretIn(variables, entry, refuse),
    serves: servesIn(entry, refuse),
    requestsPerSecond: rateIn(entry, refuse),
    users: usersIn(entry, refuse),
    ...contactIn(entry, refuse),
  };
  return variables.problems.length === before ? (target as ExchangeTarget) : undefined;
}

type Table = Record<string, unknown>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textIn(entry: Table, field: string, shape: RegExp, refuse: Refuse): string | undefined {
  const value = entry[field];
  if (value === undefined) return refuse(field, 'is missing');
  return typeof value === 'string' && shape.test(value) ? value : refuse(field, `does not match ${shape.source}`);
}

function systemIn({ system }: Table, refuse: Refuse): 'primero' | 'oscar' | undefined {
  return system === 'primero' || system === 'oscar' ? system : refuse('system', 'is neither primero nor oscar');
}

function urlIn({ url }: Table, production: boolean, refuse: Refuse): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return refuse('url', 'is not a URL');
  const { protocol, username, password, search, hash } = new URL(url);
  if (protocol !== 'https:' && (production || protocol !== 'http:')) return refuse('url', 'must begin with https://');
  if (username !== '' || password !== '') return refuse('url', 'holds credentials; name them in account and secret');
  if (search !== '' || hash !== '') return refuse('url', 'has a query or a fragment');
  return url.replace(/\/+$/, '');
}

function secretIn(variables: Variables, entry: Table, refuse: Refuse): string | undefined {
  const name = textIn(entry, 'secret', variableShape, refuse);
  if (name === undefined) return undefined;
  return variables.secret(name) ?? refuse('secret', `names ${name}, and neither it nor ${name}_FILE is set`);
}

function servesIn({ serves }: Table, refuse: Refuse): ExchangeTarget['serves'] | undefined {
  if (!isTable(serves)) return refuse('serves', 'is missing; it lists agencies or provinces');
  const agencies = listIn(serves, 'agencies', agencyShape, refuse);
  const provinces = listIn(serves, 'provinces', provinceShape, refuse);
  if (agencies.length + provinces.length === 0) return refuse('serves', 'lists neither an agency nor a province');
  return { agencies, provinces };
}

function listIn(serves: Table, field: string, shape: RegExp, refuse: Refuse): string[] {
  const list = serves[field] ?? [];
  if (Array.isArray(list) && list.every((each) => typeof each === 'string' && shape.test(each)))
    return list as string[];
  refuse(`serves.${field}`, `is not a list of texts that match ${shape.source}`);
  return [];
}

function rateIn({ requestsPerSecond = defaultRequestsPerSecond }: Table, refuse: Refuse): number | undefined {
  const rate = requestsPerSecond;
  if (typeof rate === 'number' && rate > 0 && rate <= mostRequestsPerSecond) return rate;
  return refuse('requestsPerSecond', `is not a number above 0 and up to ${mostRequestsPerSecond}`);
}

function usersIn({ users = {} }: Table, refuse: Refuse): Record<string, string> | undefined {
  const fits = isTable(users) && Object.values(users).every((user) => typeof user === 'string' && user !== '');
  return fits ? (users as Record<string, string>) : refuse('users', 'is not a table of agencies and user names');
}

function contactIn({ contact, system }: Table, refuse: Refuse): Pick<ExchangeTarget, 'contact'> {
  if (contact === undefined && system !== 'oscar') return {};
  const { name, phone } = isTable(contact) ? contact : {};
  if (typeof name === 'string' && name !== '' && typeof phone === 'string' && phoneShape.test(phone)) {
    return { contact: { name, phone } };
  }
  refuse('contact', 'has not both a name and a phone; OSCaR takes no referral without');
  return {};
}
