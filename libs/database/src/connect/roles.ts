import pg from 'pg';

/**
 * Who may do what in PostgreSQL: the migrator owns the schema, the program may read and append what the schema grants,
 * the queue owns its own database. None is a superuser.
 */
export const roles = ['spean_migrator', 'spean_program', 'spean_queue'] as const;
export type Role = (typeof roles)[number];

export const databases = { spean: 'spean', queue: 'spean_queue' } as const;

const duplicateObject = '42710';
const duplicateDatabase = '42P04';
const uniqueViolation = '23505';

/** Gives a server that belongs to the program its roles, each with a login, and its two databases. Safe to repeat. */
export async function ensureServer(adminUrl: string, passwords: Readonly<Record<Role, string>>): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await ensureRoles(client, passwords);
    await ensureDatabase(client, databases.spean, 'spean_migrator');
    await client.query(`GRANT CONNECT ON DATABASE ${databases.spean} TO spean_program`);
    await ensureDatabase(client, databases.queue, 'spean_queue');
  });
}

/** Makes what is missing; an existing role keeps its password. Without passwords a role can only be taken by SET ROLE. */
export async function ensureRoles(client: pg.Client, passwords?: Readonly<Record<Role, string>>): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
    roles,
  ]);
  const present = new Set(rows.map((row) => row.rolname));
  for (const role of roles.filter((each) => !present.has(each))) {
    const login = passwords === undefined ? 'NOLOGIN' : `LOGIN PASSWORD ${pg.escapeLiteral(passwords[role])}`;
    await unlessPresent(client.query(`CREATE ROLE ${role} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE ${login}`), [
      duplicateObject,
      uniqueViolation,
    ]);
  }
}

/** Makes a database that only its owner, and whoever is granted it, may enter. An existing one is left as it is. */
export async function ensureDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0) return;
  const database = pg.escapeIdentifier(name);
  await unlessPresent(client.query(`CREATE DATABASE ${database} OWNER ${pg.escapeIdentifier(owner)}`), [
    duplicateDatabase,
    uniqueViolation,
  ]);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
}

export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Somebody else may make the same thing at the same moment, and that is just as good. */
async function unlessPresent(statement: Promise<unknown>, codes: readonly string[]): Promise<void> {
  try {
    await statement;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !codes.includes(error.code ?? '')) throw error;
  }
}
