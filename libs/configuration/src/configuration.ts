import type { ExchangeTarget } from './exchange-targets.js';
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
  readonly checkpoints: CheckpointConfiguration;
  /** The key that wraps all other keys. */
  readonly masterKeys: MasterKeySources;
  /** File in which erasures are kept, to be done again after a restore of the database (absolute path). */
  readonly erasureLedger: string;
  /** Folder in which files that are attached to documents lie, sealed (absolute path). */
  readonly attachments: string;
  /** Absent: nothing is mailed, notifications reach the in-app inbox alone. */
  readonly mail?: { readonly smtpUrl: string; readonly from: string };
  /** Where staff reach the program, as messages tell them. */
  readonly publicUrl: string;
  /** Absent: nobody signs in through an identity provider (OpenID Connect). */
  readonly identityProvider?: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  /** Seconds between two looks for deadlines and notices that nothing woke. */
  readonly sweepSeconds: number;
  /** Whether people may sign in without a second factor, as in the demonstration. Never in production. */
  readonly demonstration: boolean;
  /** Whether anybody may read what the interface looks like, at `/docs` and `/openapi.json`. */
  readonly description: boolean;
  /** Hosts outside that the program may speak to, by agency. */
  readonly outboundHosts: Readonly<Record<string, readonly string[]>>;
  /** Instances of Primero and OSCaR that records are exchanged with. */
  readonly exchangeTargets: readonly ExchangeTarget[];
  /** Whether anybody counts how often a caller asks. Always in production. */
  readonly rateLimits: boolean;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
}

/** Where signed checkpoints of the log are kept, and what signs them. */
export interface CheckpointConfiguration {
  /** File that holds the Ed25519 key (absolute path). */
  readonly keyFile: string;
  /** Folders mounted from other hosts (absolute paths). */
  readonly folders: readonly string[];
  /** Mailbox of a partner. */
  readonly mailTo?: string;
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
