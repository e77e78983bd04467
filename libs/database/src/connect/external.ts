import pg from 'pg';
import type { DatabaseConfiguration } from '#libs/configuration';
import { databases, ensureDatabase, ensureRoles, roles, withClient, type Role } from './roles.js';
import type { DatabaseUrls } from './urls.js';

type External = Extract<DatabaseConfiguration, { kind: 'external' }>;

interface Login {
  readonly name: string;
  readonly superuser: boolean;
  readonly mayCreateRoles: boolean;
}

/**
 * Connection strings of a database that an operator runs. Whoever logs in as the program itself needs nothing more; a
 * login that may take the program's roles (a superuser on a developer's machine) takes them at connection time.
 *
 * @throws Error when the queues need a database that is missing and can't be made.
 */
export async function findExternal(
  database: External,
  { queueNeeded }: { queueNeeded: boolean },
): Promise<DatabaseUrls> {
  return withClient(database.url, async (client) => {
    const login = await whoami(client);
    if (login.mayCreateRoles && database.migratorUrl === undefined) await prepare(client, login);
    const as = async (role: Role) =>
      (await mayTake(client, login, role)) ? withRole(database.url, role) : database.url;
    const queue = database.queueUrl ?? withDatabaseName(await as('spean_queue'), databases.queue);
    if (queueNeeded && database.queueUrl === undefined) await prepareQueue(client, login);
    return {
      program: await as('spean_program'),
      migrator: database.migratorUrl ?? (await as('spean_migrator')),
      queue,
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

async function prepare(client: pg.Client, login: Login): Promise<void> {
  await ensureRoles(client);
  if (!login.superuser) await client.query(`GRANT ${roles.join(', ')} TO CURRENT_USER`);
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  const name = pg.escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`GRANT ALL ON DATABASE ${name} TO spean_migrator`);
  await client.query('GRANT ALL ON SCHEMA public TO spean_migrator');
}

async function prepareQueue(client: pg.Client, login: Login): Promise<void> {
  try {
    await ensureDatabase(client, databases.queue, login.superuser ? 'spean_queue' : login.name);
  } catch (error) {
    const advice = `make it, or set QUEUE_DATABASE_URL or REDIS_URL`;
    throw new Error(`The queues need a database "${databases.queue}", which cannot be made: ${advice}`, {
      cause: error,
    });
  }
}

async function mayTake(client: pg.Client, login: Login, role: Role): Promise<boolean> {
  if (login.name === role) return false; // it is that role already
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL ROLE ${role}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.query('ROLLBACK');
  }
}

function withRole(url: string, role: Role): string {
  const changed = new URL(url);
  changed.searchParams.set('options', `-c role=${role}`);
  return changed.href;
}

function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
