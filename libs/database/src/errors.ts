import type { DatabaseError } from 'pg';

/** The database can't be reached or is going away. Nothing was committed; the caller may try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/**
 * The connection broke after COMMIT was sent and before its answer came. The work is either wholly done or wholly not;
 * repeating the command under the same command id or idempotency key is safe and tells which.
 */
export class CommitOutcomeUnknown extends Error {
  override readonly name = 'CommitOutcomeUnknown';
}

/** SQLSTATE prefixes, https://www.postgresql.org/docs/current/errcodes-appendix.html; 57014 is a mere time-out. */
const connectionClasses = ['08', '57P', '53300'];
const raceClass = '40';
const transactionAborted = '25P02';

/** The five characters PostgreSQL names an error with, or undefined when the error isn't PostgreSQL's. */
export function sqlState(error: unknown): string | undefined {
  return isDatabaseError(error) ? error.code : undefined;
}

export function isDatabaseError(error: unknown): error is DatabaseError & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** Serialisation failures and deadlocks: the same transaction, run again, may well succeed. */
export function isLostRace(error: unknown): boolean {
  return sqlState(error)?.startsWith(raceClass) ?? false;
}

/** Whether the error only says that an earlier statement of the same transaction failed. */
export function isAftermath(error: unknown): boolean {
  return sqlState(error) === transactionAborted;
}

/**
 * Whether the trouble lies with the connection or the server rather than with the statement. Node's own socket errors
 * carry a code, too, but no severity; pg's carry neither.
 */
export function isConnectionTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  if (isDatabaseError(error)) {
    return connectionClasses.some((prefix) => error.code.startsWith(prefix));
  }
  return 'syscall' in error || /^(Connection terminated|Client has encountered|timeout exc)/.test(error.message);
}

/** Our own errors keep PostgreSQL's as their cause. */
export const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause ? error.cause : error);
