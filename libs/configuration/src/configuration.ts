import type { MasterKeySources } from './master-key.js';

/** Everything the environment may say, read once at the start and never looked up again. */
export interface Configuration {
  readonly environment: Environment;
  /** Address the HTTP API listens at. Only a container opens it to others. */
  readonly host: string;
  /** Port of the HTTP API. `chosen` is false when it is the default, which an error message wants to know. */
  readonly port: { readonly number: number; readonly chosen: boolean };
  readonly database: DatabaseConfiguration;
  /** Absent: the queues run on BullMQ's PostgreSQL backend. */
  readonly redisUrl?: string;
  /** Folder for all that this checkout keeps on disk (absolute path). */
  readonly dataDirectory: string;
  /** The key that wraps all other keys. */
  readonly masterKeys: MasterKeySources;
  /** File in which erasures are kept, to be done again after a restore of the database (absolute path). */
  readonly erasureLedger: string;
  /** Absent: nothing is mailed, notifications reach the in-app inbox alone. */
  readonly mail?: { readonly smtpUrl: string; readonly from: string };
  /** Where staff reach the program, as messages tell them. */
  readonly publicUrl: string;
  /** Seconds between two looks for deadlines and notices that nothing woke. */
  readonly sweepSeconds: number;
  /** Whether a request header may name the caller. Never in production. */
  readonly developmentCaller: boolean;
  readonly logLevel: LogLevel;
}

export type DatabaseConfiguration =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      /** Login of the program, or of a user who may take the role `spean_program`. */
      readonly url: string;
      /** Absent: `url` with the role `spean_migrator`. */
      readonly migratorUrl?: string;
      /** Absent: the database `spean_queue` beside the one of `url`. */
      readonly queueUrl?: string;
    };

export const environments = ['development', 'test', 'production'] as const;
export type Environment = (typeof environments)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
