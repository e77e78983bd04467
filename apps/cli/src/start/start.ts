import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from '#libs/configuration';
import { acquireDatabase, migrate, type AcquiredDatabase, type DatabaseUrls } from '#libs/database';
import { demonstrationAccounts, loadDemonstration } from '#libs/demonstration';
import { openMasterKey } from '#libs/privacy';
import { Child } from './child.js';
import { waitUntilHealthy } from './health.js';
import { partnersFor, type Partners } from './partners.js';
import { assertPortFree } from './port.js';
import { fired, listenForStop, type StopRequest } from './stop-request.js';

export interface StartOptions {
  /** Whether stand-ins for a Primero and an OSCaR run as well. */
  readonly partners: boolean;
}

/** Compiled files, within `dist`. */
const ownPrograms = { api: 'apps/api/src/main.js', worker: 'apps/worker/src/main.js' };

/**
 * Runs database, API and worker until a person stops them, and leaves no process behind.
 *
 * @returns the exit code: asking a running system to stop is not a failure
 */
export async function start(configuration: Configuration, { partners }: StartOptions): Promise<number> {
  const stop = listenForStop();
  try {
    await assertPortFree(configuration);
    const database = await acquireDatabase(configuration, say);
    try {
      await runOn(database, configuration, partners ? await partnersFor(configuration) : undefined, stop);
    } finally {
      await database.release();
    }
  } finally {
    stop.forget();
  }
  say('Stopped');
  return 0;
}

async function runOn(
  { urls }: AcquiredDatabase,
  configuration: Configuration,
  partners: Partners | undefined,
  stop: StopRequest,
): Promise<void> {
  if (!stop.asked.aborted) await bringUpToDate(urls);
  if (!stop.asked.aborted) await fillIfEmpty(urls, configuration, stop);
  if (stop.asked.aborted) return;

  say('Starting API and worker');
  const logs = path.join(configuration.dataDirectory, 'logs');
  mkdirSync(logs, { recursive: true });
  const env = { ...environmentFor(configuration, urls), ...partners?.env };
  const programs = { ...(partners === undefined ? {} : { partners: partners.program }), ...ownPrograms };
  const children = Object.entries(programs).map(
    ([name, program]) => new Child(name, program, path.join(logs, `${name}.log`), env),
  );
  try {
    const ended = children.map((child) => child.unexpectedEnd());
    const address = `http://127.0.0.1:${configuration.port.number}`;
    const healthy = await Promise.race([waitUntilHealthy(address, stop.asked), ...ended]);
    if (healthy) await announce(address, logs, configuration, partners);
    await Promise.race([fired(stop.asked), ...ended]);
  } finally {
    say('Stopping (Ctrl-C again: at once)');
    await Promise.all(children.map((child) => child.stop(stop.forced)));
  }
}

async function bringUpToDate(urls: DatabaseUrls): Promise<void> {
  const migrations = await migrate(urls.migrator);
  if (migrations.length > 0) say(`Brought the database up to date: ${migrations.length} migrations`);
}

/** Made-up cases on the first start, so that there is something to see. Never among real ones. */
async function fillIfEmpty(
  { program }: DatabaseUrls,
  { demonstration, masterKeys }: Configuration,
  stop: StopRequest,
): Promise<void> {
  if (!demonstration) return;
  say('Looking for cases; an empty database gets made-up ones, which takes up to a minute');
  const { cases, overdue, seconds } = await loadDemonstration({
    databaseUrl: program,
    masterKeys,
    signal: stop.asked,
  });
  if (cases > 0) say(`Made up ${cases} cases in ${Math.round(seconds)} seconds; ${overdue} of their tasks are overdue`);
}

/** The addresses are settled by now, and the one of the migrator is nobody else's. */
function environmentFor(configuration: Configuration, urls: DatabaseUrls): NodeJS.ProcessEnv {
  const settled = ['DATABASE_URL', 'MIGRATOR_DATABASE_URL', 'QUEUE_DATABASE_URL'].flatMap((name) => [
    name,
    `${name}_FILE`,
  ]);
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !settled.includes(name))),
    DATABASE_URL: urls.program,
    QUEUE_DATABASE_URL: urls.queue,
    SPEAN_DATA_DIR: configuration.dataDirectory,
    PORT: String(configuration.port.number),
  };
}

async function announce(
  address: string,
  logs: string,
  configuration: Configuration,
  partners: Partners | undefined,
): Promise<void> {
  const lines = [
    `Spean is ready: ${address}`,
    `  API           ${address}/docs`,
    `  OpenAPI       ${address}/openapi.json`,
    `  Health        ${address}/health`,
    `  Logs          ${logs}`,
    ...(partners?.lines ?? []),
    ...(configuration.demonstration ? await accounts(configuration) : []),
    '  Ctrl-C stops all of it; the data stays.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function accounts({ masterKeys }: Configuration): Promise<string[]> {
  const all = await demonstrationAccounts(await openMasterKey(masterKeys, { mayCreate: false }));
  const lines = all.map(
    ({ id, password, title, for: shows }) => `    ${id.padEnd(15)} ${password}   ${title}: ${shows}`,
  );
  return ['  Accounts and passwords, all of them made up:', ...lines];
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
