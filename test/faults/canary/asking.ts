import { randomUUID } from 'node:crypto';

import { identity, location, told } from './canaries.js';

/** A member of staff at the address of a real API. */
export class Asking {
  readonly #address: string;
  readonly #credentials: Readonly<Record<string, string>>;
  /** Every answer that no single child's record is meant to be in, as it came. */
  readonly heard: string[] = [];

  constructor(address: string, credentials: Readonly<Record<string, string>>) {
    this.#address = address;
    this.#credentials = credentials;
  }

  /** @returns the status */
  async ask(method: string, path: string, body?: unknown): Promise<number> {
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      headers: {
        ...this.#credentials,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 400 || !path.startsWith('/api/v1/cases')) this.heard.push(text);
    return answer.status;
  }
}

/** What a worker does in a day, through HTTP, with what goes wrong on the way. @returns how many requests succeeded */
export async function aDayOfCanary(asking: Asking): Promise<number> {
  const personId = randomUUID();
  const caseId = randomUUID();
  const child = {
    personId,
    sex: 'female',
    identity: { ...identity, birthDate: '2012-04-05' },
    location,
    synthetic: true,
  };
  const inCase = `/api/v1/cases/${caseId}`;
  const requests: (readonly [method: string, path: string, body?: unknown])[] = [
    ['POST', '/api/v1/persons', child],
    ['POST', '/api/v1/cases', { caseId, personId, pathway: 'A_OCSEA', synthetic: true }],
    ['POST', `${inCase}/notes`, { kind: 'CASE_NOTE', text: told }],
    ['POST', `${inCase}/documents`, { code: 'INTAKE_REPORT', text: told }],
    ['POST', `${inCase}/risk-level`, { level: 'high', reason: told }],
    ['POST', `${inCase}/conflicts`, { subject: 'staff', ref: 'nobody-at-all', reason: told }],
    ['GET', inCase],
    ['GET', `${inCase}/timeline`],
    // What goes wrong: unknown codes and fields, a body that is no JSON, a name where a number belongs.
    ['POST', `${inCase}/documents`, { code: 'NO_SUCH_DOCUMENT', text: told }],
    ['POST', `${inCase}/notes`, { kind: told, text: told }],
    ['POST', `${inCase}/transitions`, { transition: told }],
    ['POST', '/api/v1/persons', { ...child, personId: told, sex: told, birthDate: told }],
    ['POST', '/api/v1/persons', `{"identity": {"givenNameKm": "${identity.givenNameKm}"`],
    ['POST', '/api/v1/persons', child],
    ['PATCH', `/api/v1/persons/${personId}`, { identity: { birthDate: identity.givenNameKm } }],
    ['GET', `/api/v1/cases/${encodeURIComponent(identity.givenNameLatin)}`],
  ];
  let succeeded = 0;
  for (const [method, path, body] of requests) {
    if ((await asking.ask(method, path, body)) < 300) succeeded += 1;
  }
  return succeeded;
}

const numbers = [
  ...['/health', '/ready', '/openapi.json', '/api/v1/agencies', '/api/v1/statistics/pathway-flow'],
  ...['/api/v1/statistics/unmet-needs', '/api/v1/statistics/watchlists', '/api/v1/statistics/residential-care'],
  ...['/api/v1/statistics/detention', '/api/v1/statistics/recidivism', '/api/v1/supervision/caseload'],
];

/** What is counted and told of all cases together. */
export async function askForNumbers(asking: Asking): Promise<void> {
  for (const path of numbers) await asking.ask('GET', path);
}
