export type { DatabaseContext } from './context.js';
export { Database, type DatabaseOptions } from './database.js';
export { CommitOutcomeUnknown, DatabaseUnavailable, isConnectionTrouble, isLostRace, sqlState } from './errors.js';
export { migrate } from './migrate.js';
export type { Signals } from './signals.js';
export type { Queryable, Transaction } from './transaction.js';
export { UnitOfWork } from './unit-of-work.js';
