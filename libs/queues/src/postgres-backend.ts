import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';

import { runRetryDelay, type Backend } from './backend.js';

const connectionTimeoutMillis = 2_000;
const queueConnections = 2;
/** Taking, renewing and finishing jobs are short statements; a few connections serve many jobs. */
const workerConnections = 3;

/**
 * Queues in PostgreSQL, in a schema of their own named by the prefix, owned by the role of the address. The tables are
 * brought to BullMQ's newest form first.
 */
export async function postgresBackend(url: string, prefix: string): Promise<Backend> {
  const connection = { ...settingsOf(url), schema: prefix };
  const { Queue, Worker } = withBackend(createPostgresBackend);
  await prepare(url, prefix);
  return {
    queue: (name) => new Queue(name, { connection: { ...connection, max: queueConnections } }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, {
        concurrency,
        runRetryDelay,
        connection: { ...connection, max: workerConnections },
      }),
  };
}

async function prepare(url: string, schema: string): Promise<void> {
  const client = new pg.Client(settingsOf(url));
  await client.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    await client.end();
  }
}

/** BullMQ adds its schema to the options; those inside an address would win over it, so they are taken out. */
function settingsOf(url: string) {
  const address = new URL(url);
  const options = address.searchParams.get('options');
  address.searchParams.delete('options');
  return {
    connectionString: address.href,
    application_name: 'spean queues',
    connectionTimeoutMillis,
    keepAlive: true,
    ...(options === null ? {} : { options }),
  };
}
