import pg from 'pg';
import type { DatabaseConfiguration } from '#libs/configuration';
import { databases, ensureDatabase, ensureRoles, roles, withClient } from './roles.js';
import type { DatabaseUrls } from './urls.js';

type External = Extract<DatabaseConfiguration, { kind: 'external' }>;

interface Login {
  readonly name: string;
  readonly superuser: boolean;
  readonly mayCreateRoles: boolean;
}

/**
 * Connection strings of a database that an operator runs. Every connection takes its role when it opens, so one login
 * that may take them all is enough on a developer's machine; the roles and the queues' database are made when missing
 * and the login may.
 *
 * @throws Error when the queues need a database that is missing and can't be made.
 */
export async function findExternal(
  database: External,
  { queueNeeded }: { queueNeeded: boolean },
): Promise<DatabaseUrls> {
  return withClient(database.url, async (client) => {
    const login = await whoami(client);
    if (login.mayCreateRoles && database.migratorUrl === undefined) await prepareRoles(client, login);
    if (queueNeeded && database.queueUrl === undefined) await prepareQueue(client, login);
    return {
      program: database.url,
      migrator: database.migratorUrl ?? database.url,
      queue: database.queueUrl ?? beside(database.url, databases.queue),
      ...(login.superuser && { admin: database.url }),
    };
  });
}

async function whoami(client: pg.Client): Promise<Login> {
  const { rows } = await client.query<Login>(
    `SELECT rolname AS name, rolsuper AS superuser, rolsuper OR rolcreaterole AS "mayCreateRoles"
     FROM pg_roles WHERE rolname = current_user`,
  );
  const [login] = rows;
  if (login === undefined) throw new Error('The database does not know who logged in');
  return login;
}

async function prepareRoles(client: pg.Client, login: Login): Promise<void> {
  await ensureRoles(client);
  if (!login.superuser) await client.query(`GRANT ${roles.join(', ')} TO CURRENT_USER`);
  await client.query(`
    DO $$ BEGIN
      EXECUTE format('GRANT ALL ON DATABASE %I TO spean_migrator', current_database());
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO spean_program', current_database());
      GRANT ALL ON SCHEMA public TO spean_migrator;
    END $$`);
}

async function prepareQueue(client: pg.Client, login: Login): Promise<void> {
  try {
    await ensureDatabase(client, databases.queue, login.name);
  } catch (error) {
    const advice = 'make it, or set QUEUE_DATABASE_URL or REDIS_URL';
    throw new Error(`The queues need a database "${databases.queue}", which cannot be made: ${advice}`, {
      cause: error,
    });
  }
}

function beside(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
