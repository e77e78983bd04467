import type { Random } from '#libs/demonstration';

import { canaryChild } from './canaries.js';
import type { Ask, FuzzAnswer, FuzzRequest } from './exchange.js';
import { faultIn, type FaultKind } from './judge.js';
import { operationsOf, type Description } from './openapi.js';
import { Pool } from './pool.js';
import { RequestMaker } from './request-maker.js';

export interface FuzzPlan {
  readonly ask: Ask;
  readonly requests: number;
  readonly random: Random;
  /** Headers that prove who asks, one set for each caller. */
  readonly callers: readonly Readonly<Record<string, string>>[];
  readonly atOnce: number;
  readonly stop?: AbortSignal;
}

export interface FuzzReport {
  /** Children whose names would be known again in a refusal. */
  readonly planted: number;
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
  readonly operations: number;
  readonly slowestMs: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** The first of each, to look into. */
  readonly examples: readonly { readonly fault: FaultKind; readonly request: string; readonly status?: number }[];
}

const mostExamples = 40;
/** Children whose names no refusal may tell. */
const planted = 5;

/** Asks the program many strange things at once and keeps count of what it makes of them. */
export async function fuzz({ ask, requests, random, callers, atOnce, stop }: FuzzPlan): Promise<FuzzReport> {
  const description = JSON.parse((await ask(get('/openapi.json')))?.text ?? '{}') as Description;
  const pool = new Pool();
  for (const headers of callers) await plant(ask, headers, pool);
  const children = pool.of('personId').length;
  const maker = new RequestMaker(description, random, pool, callers);
  const count = new Count();
  let left = requests;
  const askOn = async (): Promise<void> => {
    while (left > 0 && stop?.aborted !== true) {
      left -= 1;
      const request = maker.next();
      const started = performance.now();
      const answer = await ask(request);
      count.add(request, answer, performance.now() - started);
      if (answer !== undefined && answer.status < 300) learn(pool, answer);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return { planted: children, operations: operationsOf(description).length, ...count.report() };
}

const get = (url: string, headers: FuzzRequest['headers'] = {}): FuzzRequest => ({
  method: 'GET',
  url,
  headers,
  kind: 'valid',
});

/** Children with names that nobody bears and a case each; and what there is to be read already. */
async function plant(ask: Ask, headers: FuzzRequest['headers'], pool: Pool): Promise<void> {
  const post = async (url: string, body: object): Promise<string | undefined> => {
    const request = { method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, kind: 'valid' };
    const answer = await ask({ ...request, body: JSON.stringify(body) });
    return answer?.status === 201 ? (JSON.parse(answer.text) as { id: string }).id : undefined;
  };
  for (let index = 0; index < planted; index += 1) {
    const personId = await post('/api/v1/persons', canaryChild);
    if (personId === undefined) continue;
    pool.add('personId', personId);
    const caseId = await post('/api/v1/cases', { personId, pathway: 'A_OCSEA', synthetic: true });
    if (caseId !== undefined) pool.add('caseId', caseId);
  }
  for (const list of ['worklists/mine', 'worklists/overdue', 'inbox', 'agencies', 'pathways', 'facilities']) {
    const answer = await ask(get(`/api/v1/${list}`, headers));
    if (answer?.status === 200) learn(pool, answer);
  }
}

function learn(pool: Pool, { contentType, text }: FuzzAnswer): void {
  if (contentType.startsWith('application/json') && text !== '' && text.length < 100_000) pool.learn(JSON.parse(text));
}

class Count {
  readonly #byStatus: Record<string, number> = {};
  readonly #byKind: Record<string, number> = {};
  readonly #faults: Record<FaultKind, number> = { failed: 0, hung: 0, told_a_name: 0, not_a_problem_document: 0 };
  readonly #examples: FuzzReport['examples'][number][] = [];
  #requests = 0;
  #slowestMs = 0;

  add(request: FuzzRequest, answer: FuzzAnswer | undefined, tookMs: number): void {
    this.#requests += 1;
    this.#slowestMs = Math.max(this.#slowestMs, tookMs);
    const status = String(answer?.status ?? 'hung up');
    this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1;
    this.#byKind[request.kind] = (this.#byKind[request.kind] ?? 0) + 1;
    const fault = faultIn(request, answer, tookMs);
    if (fault === undefined) return;
    this.#faults[fault] += 1;
    if (this.#examples.length >= mostExamples) return;
    this.#examples.push({ fault, request: told(request), ...(answer === undefined ? {} : { status: answer.status }) });
  }

  report(): Omit<FuzzReport, 'operations' | 'planted'> {
    return {
      requests: this.#requests,
      byStatus: this.#byStatus,
      byKind: this.#byKind,
      slowestMs: Math.round(this.#slowestMs),
      faults: this.#faults,
      examples: this.#examples,
    };
  }
}

/** Enough to send it again by hand. */
function told({ method, url, headers, body }: FuzzRequest): string {
  return `${method} ${url.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${JSON.stringify(String(body ?? '')).slice(0, 600)}`;
}
