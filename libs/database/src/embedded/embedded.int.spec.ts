import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { withClient } from '../connect/roles.js';
import { acquireEmbedded } from './embedded.js';
import { findPlace } from './place.js';
import { hasEnded } from './processes.js';

const quiet = () => undefined;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-embedded-'));
});
afterAll(async () => {
  const place = await findPlace(folder);
  await rm(place.home, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function ask(url: string, question: string): Promise<unknown> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ answer: unknown }>(`SELECT ${question} AS answer`);
    return rows[0]?.answer;
  });
}

async function serverPid(): Promise<number> {
  const { cluster } = await findPlace(folder);
  return Number.parseInt(await readFile(path.join(cluster, 'postmaster.pid'), 'utf8'), 10);
}

describe('the embedded database', () => {
  it('keeps its data from one use to the next, and runs only as long as it is used', async () => {
    const first = await acquireEmbedded(folder, quiet);
    await withClient(first.urls.migrator, (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
    const pid = await serverPid();
    await first.release();
    expect(await hasEnded(pid, 0)).toBe(true);

    const second = await acquireEmbedded(folder, quiet);
    expect(await ask(second.urls.migrator, '(SELECT answer FROM kept)')).toBe(42);
    await second.release();
  });

  it('is stopped by whoever leaves last, and started once however many come at the same time', async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => acquireEmbedded(folder, quiet)));
    const pid = await serverPid();
    await first?.release();
    await second?.release();
    await second?.release();
    expect(await hasEnded(pid, 0)).toBe(false);
    await third?.release();
    expect(await hasEnded(pid, 0)).toBe(true);
  });

  it('takes over a server whose users were all killed', async () => {
    const abandoned = await acquireEmbedded(folder, quiet);
    const pid = await serverPid();
    const { home } = await findPlace(folder);
    const holders = path.join(home, 'holders');
    for (const name of await readdir(holders)) await rm(path.join(holders, name));
    await writeFile(path.join(holders, `${deadProcess()}-1.x`), '');
    await mkdir(path.join(home, 'lock'));
    await writeFile(path.join(home, 'lock', `${deadProcess()}-1`), '');

    const heir = await acquireEmbedded(folder, quiet);
    expect(await serverPid()).toBe(pid);
    expect(heir.urls).toEqual(abandoned.urls);
    await heir.release();
    expect(await hasEnded(pid, 0)).toBe(true);
  });

  it('starts again after the server itself was killed', async () => {
    const first = await acquireEmbedded(folder, quiet);
    const pid = await serverPid();
    process.kill(pid, 'SIGKILL');
    expect(await hasEnded(pid, 5_000)).toBe(true);

    const second = await acquireEmbedded(folder, quiet);
    expect(await serverPid()).not.toBe(pid);
    expect(await ask(second.urls.program, '1')).toBe(1);
    await first.release();
    await second.release();
  });

  it('lets nobody in without the password, and nobody else read it', async () => {
    const { urls, release } = await acquireEmbedded(folder, quiet);
    const wrong = new URL(urls.program);
    wrong.password = 'guessed';
    await expect(withClient(wrong.href, quietly)).rejects.toThrow(/password authentication failed/);
    const { home } = await findPlace(folder);
    expect((await stat(path.join(home, 'settings.json'))).mode & 0o077).toBe(0);
    await release();
  });

  it('gives each role what it needs and no more', async () => {
    const { urls, release } = await acquireEmbedded(folder, quiet);
    const superuser = `(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)`;
    for (const url of [urls.program, urls.migrator, urls.queue]) expect(await ask(url, superuser)).toBe(false);
    await expect(withClient(urls.program, (client) => client.query('CREATE TABLE mine ()'))).rejects.toThrow(
      /permission/,
    );
    const elsewhere = new URL(urls.program);
    elsewhere.pathname = new URL(urls.queue).pathname;
    await expect(withClient(elsewhere.href, quietly)).rejects.toThrow(pg.DatabaseError);
    await release();
  });

  it('sorts by code point and knows Khmer letters', async () => {
    const { urls, release } = await acquireEmbedded(folder, quiet);
    expect(await ask(urls.program, `ARRAY(SELECT x FROM unnest('{ខ,b,B,ក,a}'::text[]) x ORDER BY x)`)).toEqual([
      'B',
      'a',
      'b',
      'ក',
      'ខ',
    ]);
    expect(await ask(urls.program, `current_setting('TimeZone')`)).toBe('UTC');
    await release();
  });
});

function quietly(): Promise<void> {
  return Promise.resolve();
}

/** The number of a process that has just ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
