import { VirtualClock } from '../../support/virtual-clock.js';
import type { FaultRule } from '../shared/faults.js';
import { startOscar, type SimulatedOscar } from './start-oscar.js';

/** Support for the specs: an OSCaR with two organisations, and a client that speaks to it over HTTP. */
export const system = 'MoSVY External System';
export const externalId = 'aac935f2-5e01-450b-8575-423915a04e68';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown> & { data?: Record<string, unknown>[] };
}

export interface Desk {
  readonly clock: VirtualClock;
  readonly oscar: SimulatedOscar;
  /** Signed in unless other headers are given. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  signIn(email?: string): Promise<Record<string, string>>;
  upsert(fields: object): Promise<Answer>;
  listed(query?: string): Promise<Record<string, unknown>[]>;
}

const people = {
  agencies: [
    { id: 46, full_name: 'Children in Families', short_name: 'cif', integrated: true },
    { id: 47, full_name: 'Another', short_name: 'tpo', integrated: true },
    { id: 48, full_name: 'Not connected', short_name: 'holt', integrated: false },
  ],
  users: [
    { id: 7, email: 'api@example.org', password: 'right', first_name: 'External', last_name: 'User', system },
    { id: 8, email: 'nobody@example.org', password: 'right', first_name: 'No', last_name: 'System' },
  ],
};

/** What the live job sends for one service. */
export const referral = {
  external_id: externalId,
  external_id_display: '5a04e68',
  level_of_risk: 'medium',
  given_name: 'Example',
  family_name: 'Child',
  gender: 'female',
  date_of_birth: '2015-01-01',
  location_current_village_code: '10060805',
  address_current_village_code: '10060805',
  reason_for_referral: 'sample reason',
  is_referred: true,
  organization_name: 'cif',
  organization_id: 'agency-mosvy',
  services: [{ uuid: '00b7078c-f989-4d23-af5c-4712232aab6c', name: 'Community social work' }],
};

export async function openDesk(faults: FaultRule[] = []): Promise<Desk> {
  const clock = new VirtualClock('2026-11-23T02:00:00Z');
  const oscar = await startOscar({ clock, seed: 11, ...people, faults });
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const answer = await fetch(`${oscar.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Answer['body'],
    };
  };
  const signIn = async (email = 'api@example.org') => {
    const { headers } = await send('POST', '/admin_auth/sign_in', { email, password: 'right' }, {});
    return Object.fromEntries(['access-token', 'client', 'uid'].map((name) => [name, headers.get(name) ?? '']));
  };
  let signedIn: Record<string, string> | undefined;
  const ask = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    return send(method, path, body, headers ?? (signedIn ??= await signIn()));
  };
  const upsert = (fields: object) =>
    ask('POST', '/organizations/clients/upsert/', { organization: { ...referral, ...fields } });
  const listed = async (query = '') => (await ask('GET', `/organizations/clients${query}`)).body.data ?? [];
  return { clock, oscar, ask, signIn, upsert, listed };
}
