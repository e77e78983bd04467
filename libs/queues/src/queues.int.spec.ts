import { createServer } from 'node:net';
import { once } from 'node:events';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createLog } from '#libs/logging';
import { Queues, type WakeUp } from './index.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { queueBackends, storeOf, wipeQueues } from '../../../test/support/queues.js';

const log = createLog('test', 'silent');

interface Call {
  caseId: string;
}

const call = (id: string, delayMs = 0): WakeUp<Call> => ({ id: `call_${id}`, data: { caseId: id }, delayMs });

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe.each(queueBackends)('queues on %s', (backend) => {
  let queues: Queues;

  beforeEach(async () => {
    queues = await Queues.open(storeOf(backend, database), { log, prefix: database.name });
  });
  afterEach(async () => {
    await queues.close();
    await wipeQueues(storeOf(backend, database), database.name);
  });

  it('does what it is woken for', async () => {
    const done: string[] = [];
    const queue = await queues.queue<Call>('calls');
    queues.work<Call>('calls', async ({ caseId }) => void done.push(caseId), 2);
    expect(await queue.add([call('a'), call('b'), call('c', 20)])).toBe(true);
    await eventually(() => expect([...done].sort()).toEqual(['a', 'b', 'c']));
  });

  it('keeps one of two wake-ups with the same id, and takes it again once it was done', async () => {
    const done: string[] = [];
    const queue = await queues.queue<Call>('calls');
    await queue.add([call('a', 60), call('a', 60)]);
    await queue.add([call('a', 60)]);
    queues.work<Call>('calls', async ({ caseId }) => void done.push(caseId), 1);
    await eventually(() => expect(done).toEqual(['a']));
    await eventually(async () => expect(await queues.countBusy()).toBe(0));
    await queue.add([call('a')]);
    await eventually(() => expect(done).toEqual(['a', 'a']));
  });

  it('comes back later for what it was woken for too early', async () => {
    const wokenAt: number[] = [];
    const queue = await queues.queue<Call>('calls');
    queues.work<Call>('calls', async () => (wokenAt.push(Date.now()) === 1 ? { againInMs: 100 } : undefined), 1);
    await queue.add([call('a')]);
    await eventually(() => expect(wokenAt).toHaveLength(2));
    expect((wokenAt[1] ?? 0) - (wokenAt[0] ?? 0)).toBeGreaterThanOrEqual(95);
  });

  it('forgets a wake-up that failed, and goes on', async () => {
    const done: string[] = [];
    const queue = await queues.queue<Call>('calls');
    queues.work<Call>(
      'calls',
      async ({ caseId }) => {
        if (caseId === 'bad') throw new Error('refused');
        done.push(caseId);
        return undefined;
      },
      1,
    );
    await queue.add([call('bad'), call('good')]);
    await eventually(() => expect(done).toEqual(['good']));
    await eventually(async () => expect(await queues.countBusy()).toBe(0));
  });

  it('keeps the queues of another prefix apart', async () => {
    const elsewhere = await freshDatabase();
    const others = await Queues.open(storeOf(backend, elsewhere), { log, prefix: elsewhere.name });
    const done: string[] = [];
    try {
      others.work<Call>('calls', async ({ caseId }) => void done.push(`other ${caseId}`), 1);
      queues.work<Call>('calls', async ({ caseId }) => void done.push(caseId), 1);
      await (await queues.queue<Call>('calls')).add([call('a')]);
      await (await others.queue<Call>('calls')).add([call('b')]);
      await eventually(() => expect([...done].sort()).toEqual(['a', 'other b']));
    } finally {
      await others.close();
      await elsewhere.drop();
    }
  });

  it('refuses a wake-up id that the queue would not keep', async () => {
    const queue = await queues.queue<Call>('calls');
    expect(await queue.add([{ id: 'a:b', data: { caseId: 'a' } }])).toBe(false);
  });
});

describe('queues on a Redis that can not be reached', () => {
  /** Takes connections and never answers. */
  async function silentServer() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }
  const portOf = (server: ReturnType<typeof createServer>) => (server.address() as { port: number }).port;

  it.each(['refuses', 'is silent'])('drops wake-ups at once when it %s', async (how) => {
    const server = await silentServer();
    const url = `redis://127.0.0.1:${portOf(server)}`;
    if (how === 'refuses') server.close();
    const queues = await Queues.open({ kind: 'redis', url }, { log, prefix: database.name });
    const queue = await queues.queue<Call>('calls');
    const started = Date.now();
    expect(await queue.add([call('a')])).toBe(false);
    expect(Date.now() - started).toBeLessThan(300);
    await queues.close();
    server.close();
  });
});
