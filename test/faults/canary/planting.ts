import { appendFile } from 'node:fs/promises';
import path from 'node:path';

import { Redis } from 'ioredis';

import { Mailer } from '#libs/notifications';

import type { Stage } from '../installation/stage.js';
import { planted } from './canaries.js';

/** Writes the word that must be found into everything that is searched. */
export async function plant(stage: Stage, { redisUrl, smtpUrl }: { redisUrl: string; smtpUrl: string }): Promise<void> {
  await stage.asAdmin(async (client) => {
    await client.query(`INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'planted', 'ngo', $1)`, [planted]);
    // As the server writes to its own log: at a place of its own, over whatever others append.
    await client.query(`DO $$ BEGIN RAISE WARNING '${planted}'; END $$`);
  });
  await stage.asAdmin((client) => client.query(`CREATE TABLE planted AS SELECT '${planted}' AS word`), 'queue');
  await appendFile(path.join(stage.folder, 'api.log'), planted);
  const redis = new Redis(redisUrl);
  await redis.set('planted', planted);
  redis.disconnect();
  const mailer = new Mailer({ smtpUrl, from: 'drill@example.org' });
  await mailer.send('planted@example.org', { subject: planted, body: planted }, 'planted');
  mailer.close();
}
