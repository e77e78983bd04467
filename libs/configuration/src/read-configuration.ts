import path from 'node:path';
import { checkoutDirectory } from './checkout.js';
import { environments, logLevels, type Configuration, type DatabaseConfiguration } from './configuration.js';
import { readMasterKeys } from './master-key.js';
import { ConfigurationError } from './problems.js';
import { Variables } from './variables.js';

const defaultPort = 3000;
const defaultSweepSeconds = 5;
const postgres = ['postgres:', 'postgresql:'];

/**
 * Reads and checks every variable the program knows.
 *
 * @throws ConfigurationError naming every variable that can't be used, with the reason.
 */
export function readConfiguration(env: NodeJS.ProcessEnv): Configuration {
  const variables = new Variables(env);
  const environment = variables.oneOf('NODE_ENV', environments, 'development');
  const production = environment === 'production';
  const dataDirectory = path.resolve(checkoutDirectory(), variables.text('SPEAN_DATA_DIR') ?? '.data');
  const port = variables.integer('PORT', 1, 65_535);
  const redisUrl = variables.url('REDIS_URL', ['redis:', 'rediss:']);
  const mail = readMail(variables);

  const configuration: Configuration = {
    environment,
    host: variables.text('HOST') ?? '127.0.0.1',
    port: { number: port ?? defaultPort, chosen: port !== undefined },
    database: readDatabase(variables, production),
    ...(redisUrl !== undefined && { redisUrl }),
    dataDirectory,
    masterKeys: readMasterKeys(variables, { production, dataDirectory }),
    erasureLedger: path.resolve(
      checkoutDirectory(),
      variables.text('SPEAN_ERASURE_LEDGER') ?? path.join(dataDirectory, 'erasures.jsonl'),
    ),
    ...(mail !== undefined && { mail }),
    publicUrl: variables.url('SPEAN_PUBLIC_URL', ['http:', 'https:']) ?? `http://127.0.0.1:${port ?? defaultPort}/`,
    sweepSeconds: variables.integer('SPEAN_SWEEP_SECONDS', 1, 60) ?? defaultSweepSeconds,
    developmentCaller: readDevelopmentCaller(variables, production),
    logLevel: variables.oneOf('LOG_LEVEL', logLevels, 'info'),
  };
  if (variables.problems.length > 0) throw new ConfigurationError(variables.problems);
  return deepFreeze(configuration);
}

/**
 * Refuses to serve requests in production: without access control nobody could tell who a caller is.
 * Commands of an operator (migrations, verification) do not ask.
 */
export function assertCallersKnown(configuration: Configuration): void {
  if (configuration.environment !== 'production') return;
  const reason = 'is production, and there is no access control yet: a caller could not be told from any other';
  throw new ConfigurationError([{ variable: 'NODE_ENV', reason }]);
}

function readDatabase(variables: Variables, production: boolean): DatabaseConfiguration {
  const url = variables.url('DATABASE_URL', postgres);
  const migratorUrl = variables.url('MIGRATOR_DATABASE_URL', postgres);
  const queueUrl = variables.url('QUEUE_DATABASE_URL', postgres);
  if (url !== undefined) {
    return {
      kind: 'external',
      url,
      ...(migratorUrl !== undefined && { migratorUrl }),
      ...(queueUrl !== undefined && { queueUrl }),
    };
  }
  if (production) variables.refuse('DATABASE_URL', 'is missing; production does not run on the embedded database');
  if (migratorUrl !== undefined) variables.refuse('MIGRATOR_DATABASE_URL', 'is set without DATABASE_URL');
  if (queueUrl !== undefined) variables.refuse('QUEUE_DATABASE_URL', 'is set without DATABASE_URL');
  return { kind: 'embedded' };
}

function readMail(variables: Variables): Configuration['mail'] {
  const smtpUrl = variables.url('SMTP_URL', ['smtp:', 'smtps:']);
  const from = variables.text('SPEAN_MAIL_FROM');
  if (from !== undefined && !/^[^@\r\n]*[^@\s]+@[^@\s]+$/.test(from)) {
    variables.refuse('SPEAN_MAIL_FROM', 'is not a mail address');
  }
  if (smtpUrl === undefined) return undefined;
  if (from === undefined)
    return variables.refuse('SPEAN_MAIL_FROM', 'is missing; SMTP_URL needs an address to send from');
  return { smtpUrl, from };
}

function readDevelopmentCaller(variables: Variables, production: boolean): boolean {
  const on = variables.oneOf('SPEAN_DEVELOPMENT_CALLER', ['on', 'off'], production ? 'off' : 'on') === 'on';
  if (on && production) {
    variables.refuse('SPEAN_DEVELOPMENT_CALLER', 'is on; in production no header may name the caller');
  }
  return on;
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
