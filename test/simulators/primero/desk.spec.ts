import { VirtualClock } from '../../support/virtual-clock.js';
import type { FaultRule } from '../shared/faults.js';
import type { AuthMode } from './auth.js';
import type { Fields } from './fields.js';
import { startPrimero, type SimulatedPrimero } from './start-primero.js';

/** Support for the specs: a Primero with the people of the exchange, and a client that speaks to it over HTTP. */
export const caseId = '3f0c5cf2-6f43-4a8c-9a53-6c1d9a1f0a11';
export const rowId = '8b1f7a52-9d0e-4f0b-8f5e-0d6f8e3c2b21';
export const module = 'primeromodule-cp';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { data?: Fields & Fields[]; metadata?: Fields; errors?: Fields[]; token?: string };
}

export interface Desk {
  readonly clock: VirtualClock;
  readonly primero: SimulatedPrimero;
  ask(method: string, path: string, body?: unknown, as?: string | Record<string, string>): Promise<Answer>;
  /** Makes a case and answers its id. */
  newCase(fields?: Fields): Promise<string>;
  caseNow(id: string): Promise<Fields>;
}

const people = {
  users: [
    { user_name: 'api', password: 'right', agency: 'agency-mosvy', full_name: 'Service account' },
    {
      user_name: 'mgrpnh',
      password: 'pp',
      agency: 'agency-mosvy',
      groups: ['usergroup-phnom-penh'],
      phone: '012000000',
    },
    { user_name: 'agency-cif-user', password: 'cif', agency: 'agency-cif', sees: 'self' as const },
    { user_name: 'reader', password: 'r', agency: 'agency-mosvy', may: ['read' as const] },
  ],
  agencies: [
    { id: 'agency-mosvy', name: 'Ministry' },
    { id: 'agency-cif', name: 'Children in Families' },
  ],
};

export async function openDesk(options: { mode?: AuthMode; faults?: FaultRule[]; seed?: number } = {}): Promise<Desk> {
  const clock = new VirtualClock('2026-11-23T02:00:00Z');
  const primero = await startPrimero({ clock, seed: 7, ...people, ...options });
  const ask = async (method: string, path: string, body?: unknown, as: string | Record<string, string> = 'api') => {
    const answer = await fetch(`${primero.url}/api/v2${path}`, {
      method,
      headers: { ...(typeof as === 'string' ? basic(as) : as), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson ? (JSON.parse(text) as Answer['body']) : {},
    };
  };
  const newCase = async (fields: Fields = {}) => {
    const { body } = await ask('POST', '/cases', { data: { module_id: module, ...fields } });
    return String(body.data?.['id']);
  };
  const caseNow = async (id: string) => (await ask('GET', `/cases/${id}`)).body.data as Fields;
  return { clock, primero, ask, newCase, caseNow };
}

export function basic(userName: string): Record<string, string> {
  const password = people.users.find(({ user_name }) => user_name === userName)?.password ?? 'wrong';
  return { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}` };
}
