import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';

import { sinceHeartbeat } from '#libs/background';
import { readConfiguration } from '#libs/configuration';
import { createLog } from '#libs/logging';
import { CaseDesk, context } from '../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { queueBackends, storeOf, wipeQueues } from '../../../test/support/queues.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { createWorker } from './create-worker.js';
import { Worker } from './worker.js';

const start = '2026-03-16T02:00:00.000Z';
const afterAnHour = '2026-03-16T03:00:02.000Z';

describe.each(queueBackends)('the worker on %s', (backend) => {
  let fresh: FreshDatabase;
  let folder: string;
  let clock: VirtualClock;
  let desk: CaseDesk;
  const running: INestApplicationContext[] = [];

  beforeEach(async () => {
    [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-worker-'))]);
    clock = new VirtualClock(start);
    desk = await CaseDesk.open(fresh, clock);
    await desk.change(`INSERT INTO agencies VALUES (1, 'osvy-1', 'OSVY', 'District office', '17')`);
    await desk.change(`INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES
      (1, 'sw-1', 'osvy-1', '{OSVY_SW}', 'Social worker'), (1, 'sup-1', 'osvy-1', '{PDOSVY_SUP}', 'Supervisor')`);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
    await desk.close();
    await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
  });

  async function startWorker(more: { byHand?: boolean; redisUrl?: string } = {}): Promise<Worker> {
    const { redisUrl = fresh.redisUrl, byHand = true } = more;
    const env = backend === 'redis' ? { REDIS_URL: redisUrl } : {};
    const configuration = readConfiguration({
      NODE_ENV: 'test',
      SPEAN_DATA_DIR: folder,
      SPEAN_SWEEP_SECONDS: '1',
      ...env,
    });
    const log = createLog('test', 'silent');
    const { urls, name: queuePrefix } = fresh;
    const app = await createWorker(configuration, { clock, urls, queuePrefix, log, byHand });
    running.push(app);
    return app.get(Worker);
  }

  const escalations = () => desk.rows('SELECT stream_id, rung FROM escalations ORDER BY stream_id, rung');
  const told = async () =>
    (await desk.rows<{ recipient: string }>('SELECT recipient FROM inbox ORDER BY version')).map(
      (row) => row.recipient,
    );

  it('fires what is relayed and tells the people', async () => {
    const worker = await startWorker();
    const caseId = await desk.openCase();
    clock.set(afterAnHour);
    expect(await worker.relayOnce()).toBe(1);
    await worker.idle();
    expect(await escalations()).toEqual([0, 2].map((rung) => ({ stream_id: caseId, rung })));
    expect(await told()).toEqual(['sw-1', 'sup-1']);
  });

  it('fires by sweeping what nothing has woken, and tells the people once', async () => {
    const worker = await startWorker();
    await desk.openCase();
    await desk.openCase();
    clock.set(afterAnHour);
    expect(await worker.sweepOnce()).toEqual({ reached: 2, failed: 0 });
    await worker.idle();
    expect(await told()).toHaveLength(4);
  });

  it('does everything by itself, once, with two of them running and the queue wiped', async () => {
    const cases = await Promise.all(Array.from({ length: 6 }, () => desk.openCase()));
    clock.set(afterAnHour);
    await Promise.all([startWorker({ byHand: false }), startWorker({ byHand: false })]);
    await wipeQueues(storeOf(backend, fresh), fresh.name);
    await eventually(async () => expect(await told()).toHaveLength(12));
    expect(await escalations()).toHaveLength(cases.length * 2);
  });

  it('says that it is alive', async () => {
    expect(await sinceHeartbeat(desk.database, context, 'worker')).toBeUndefined();
    await startWorker();
    await eventually(async () => expect(await sinceHeartbeat(desk.database, context, 'worker')).toBeLessThan(5_000));
  });

  it('stops in time and leaves no connection behind', async () => {
    await startWorker({ byHand: false });
    const started = Date.now();
    await Promise.all(running.splice(0).map((app) => app.close()));
    expect(Date.now() - started).toBeLessThan(5_000);
    await eventually(async () =>
      expect(
        await desk.rows(
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'spean worker'`,
        ),
      ).toEqual([]),
    );
  });

  if (backend === 'redis') {
    it('works without its Redis', async () => {
      const worker = await startWorker({ redisUrl: 'redis://127.0.0.1:1' });
      await desk.openCase();
      clock.set(afterAnHour);
      expect(await worker.relayOnce()).toBe(0);
      expect(await worker.sweepOnce()).toEqual({ reached: 1, failed: 0 });
      expect(await told()).toEqual(['sw-1', 'sup-1']);
    });
  }
});
