import { afterEach, describe, expect, it } from '@jest/globals';
import { module, openDesk, type Desk } from '../primero/desk.spec.js';
import { FaultPlan, type FaultRule } from './faults.js';
import { Random } from './random.js';

let desk: Desk;
afterEach(() => desk.primero.close());

const create = () => desk.ask('POST', '/cases', { data: { module_id: module } });
const made = () => desk.primero.state.cases.size;

async function struck(rule: FaultRule) {
  desk = await openDesk({ faults: [{ times: 1, ...rule }] });
  return create().catch(() => 'no answer' as const);
}

describe('faults of a simulated system', () => {
  it.each<[FaultRule, number, string, number]>([
    [{ kind: 'throttled', retryAfterSeconds: 7 }, 429, 'text/plain', 0],
    [{ kind: 'unavailable' }, 503, 'application/json', 0],
    [{ kind: 'failed_after' }, 500, 'text/html', 1],
    [{ kind: 'not_json' }, 200, 'text/html', 0],
    [{ kind: 'slow', delay: 20 }, 200, 'application/json', 1],
    [{ kind: 'doubled' }, 200, 'application/json', 2],
  ])('%j: answered with %d in %s, and %d cases made', async (rule, status, type, cases) => {
    const answer = await struck(rule);
    if (answer === 'no answer') throw new Error(answer);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, expect.stringContaining(type)]);
    expect(made()).toBe(cases);
    expect((await create()).status).toBe(200);
  });

  it('tell when to come again', async () => {
    desk = await openDesk({ faults: [{ kind: 'throttled', retryAfterSeconds: 7, times: 1 }, { kind: 'unavailable' }] });
    expect((await create()).headers.get('retry-after')).toBe('7');
    expect((await create()).headers.get('retry-after')).toBe('60');
  });

  it.each<[FaultRule['kind'], number]>([
    ['reset_before', 0],
    ['reset_after', 1],
  ])('%s leaves the sender without an answer and %d cases', async (kind, cases) => {
    expect(await struck({ kind })).toBe('no answer');
    expect([made(), desk.primero.requests[0]?.status]).toEqual([cases, undefined]);
  });

  it.each<[FaultRule['kind'], number]>([
    ['silent_before', 0],
    ['silent_after', 1],
  ])('%s never answers, with %d cases made', async (kind, cases) => {
    desk = await openDesk({ faults: [{ kind }] });
    const waiting = fetch(`${desk.primero.url}/api/v2/cases`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('api:right').toString('base64')}` },
      body: JSON.stringify({ data: { module_id: module } }),
      signal: AbortSignal.timeout(300),
    });
    await expect(waiting).rejects.toThrow();
    expect(made()).toBe(cases);
  });

  it('end tokens and sessions', async () => {
    desk = await openDesk({ mode: 'idp', faults: [{ kind: 'tokens_expired', after: 1, times: 1 }] });
    const bearer = { authorization: `Bearer ${desk.primero.issueToken('api')}` };
    const statuses = [];
    for (let count = 0; count < 2; count += 1)
      statuses.push((await desk.ask('GET', '/cases', undefined, bearer)).status);
    expect(statuses).toEqual([200, 401]);
  });

  it('take the whole system away for a while', async () => {
    desk = await openDesk();
    desk.primero.faults.down = true;
    await expect(create()).rejects.toThrow();
    desk.primero.faults.clear();
    expect((await create()).status).toBe(200);
  });

  it('strike by method, path and count', async () => {
    desk = await openDesk();
    desk.primero.faults.add({ kind: 'throttled', method: 'POST', path: /\/cases$/, after: 1, times: 1 });
    expect((await desk.ask('GET', '/cases')).status).toBe(200);
    const statuses = [await create(), await create(), await create()].map(({ status }) => status);
    expect(statuses).toEqual([200, 429, 200]);
    expect(desk.primero.requests.map(({ fault }) => fault)).toEqual([undefined, undefined, 'throttled', undefined]);
  });

  it('come out the same for the same seed', async () => {
    desk = await openDesk();
    const run = (seed: number) => {
      const plan = new FaultPlan([{ kind: 'throttled', probability: 0.3 }], new Random(seed));
      return Array.from({ length: 50 }, () => plan.strike('GET', '/') !== undefined);
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(run(3).filter(Boolean).length).toBeGreaterThan(5);
  });
});
