import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';

import { readConfiguration } from '#libs/configuration';
import { createLog } from '#libs/logging';
import { CaseDesk } from '../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { queueBackends } from '../../../test/support/queues.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { createWorker } from './create-worker.js';

describe.each(queueBackends)('the exchange of a worker on %s', (backend) => {
  let fresh: FreshDatabase;
  let folder: string;
  let desk: CaseDesk;
  let app: INestApplicationContext;
  const asked: string[] = [];
  const target = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    response.end(JSON.stringify({ data: [], metadata: { total: 0, per: 1000, page: 1 } }));
  });

  beforeEach(async () => {
    asked.length = 0;
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-worker-'))]);
    const clock = new VirtualClock('2026-03-16T02:00:00.000Z');
    desk = await CaseDesk.open(fresh, clock);
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
    const file = path.join(folder, 'targets.yaml');
    const entry = `{id: mosvy, system: primero, url: "${url}", account: spean, secret: PRIMERO_SECRET, serves: {provinces: ["17"]}}`;
    await writeFile(file, `targets:\n  - ${entry}\n`);
    const configuration = readConfiguration({
      NODE_ENV: 'test',
      SPEAN_DATA_DIR: folder,
      SPEAN_EXCHANGE_TARGETS: file,
      PRIMERO_SECRET: 'not-a-real-one',
      SPEAN_SWEEP_SECONDS: '60',
      ...(backend === 'redis' ? { REDIS_URL: fresh.redisUrl } : {}),
    });
    const parts = { clock, urls: fresh.urls, queuePrefix: fresh.name, log: createLog('test', 'silent') };
    app = await createWorker(configuration, parts);
  });
  afterEach(async () => {
    await app.close();
    target.closeAllConnections();
    await new Promise((resolve) => target.close(resolve));
    await desk.close();
    await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
  });

  it('reads what changed, and settles within moments what a change of a case owes', async () => {
    await eventually(() => expect(asked).toContain('GET /api/v2/cases'));
    const caseId = await desk.openCase();
    await eventually(async () => {
      expect(await desk.rows('SELECT state, reason FROM sent_records WHERE stream_id = $1', [caseId])).toEqual([
        { state: 'ignored', reason: 'consent_missing' },
      ]);
      expect(await desk.rows('SELECT FROM exchange_owed')).toEqual([]);
    });
  });
});
