import { typeParsers } from './type-parsers.js';

/** The role that the program works as: it may add to the log and read it, and has no rights beyond. */
export const programRole = 'spean_program';
/** The role that owns the tables and changes them. Row-level security holds for it, too. */
export const migratorRole = 'spean_migrator';

/** A transaction that idles holds every feed back; a statement that runs this long has lost its caller. */
const timeouts = ['idle_in_transaction_session_timeout=15s', 'statement_timeout=60s', 'lock_timeout=10s'];

/**
 * What every connection to the database is opened with. The role is taken at the start of the session unless the
 * address names it already, so that a connection made with stronger rights gives them up before its first statement.
 */
export function connectionSettings(url: string, role: string, settings: readonly string[] = timeouts) {
  const asRole = decodeURIComponent(new URL(url).username) === role ? [] : [`role=${role}`];
  const options = [...asRole, 'timezone=UTC', 'datestyle=ISO', ...settings].map((setting) => `-c ${setting}`).join(' ');
  return { connectionString: url, options, types: typeParsers, keepAlive: true } as const;
}
