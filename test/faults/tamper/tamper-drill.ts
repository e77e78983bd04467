import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readConfiguration } from '#libs/configuration';
import { acquireDatabase, Database, migrate } from '#libs/database';

import type { Drill } from '../drill.js';
import { readOptions } from './options.js';
import { tamper } from './tampering.js';
import { ways } from './ways.js';

/**
 * A database superuser bends the log a thousand times, in every way we know of, with all triggers off and hashes made to
 * fit. Each time, verification with the last checkpoint must find it and name the stream.
 */
export const tamperDrill: Drill = async (args, { say, stop }) => {
  const options = readOptions(args);
  const started = performance.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-drill-'));
  await chmod(folder, 0o711); // the database may run as a user of its own
  say('starting a database');
  const { urls, release } = await acquireDatabase(
    readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder }),
    () => undefined,
  );
  try {
    await migrate(urls.migrator);
    const admin = new URL(urls.admin ?? urls.program);
    admin.pathname = new URL(urls.program).pathname;
    const database = await Database.open({ url: urls.program, applicationName: 'spean drill' });
    try {
      say(`bending its log ${options.edits} times`);
      const report = await tamper(database, { ...options, adminUrl: admin.href, folder, stop });
      const seconds = Math.round((performance.now() - started) / 1000);
      const { edits, found, named, falseAlarms } = report;
      const tried = edits >= Object.keys(ways).length;
      if (!tried) say('Fewer edits than ways to bend a log: this run proves little');
      return {
        passed: tried && found === edits && named === edits && falseAlarms === 0,
        report: { ...report, seconds },
      };
    } finally {
      await database.close();
    }
  } finally {
    await release();
    await rm(folder, { recursive: true, force: true });
  }
};
