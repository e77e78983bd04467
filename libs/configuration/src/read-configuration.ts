import path from 'node:path';
import { checkoutDirectory } from './checkout.js';
import { readCheckpoints } from './read-checkpoints.js';
import { environments, logLevels, type Configuration, type DatabaseConfiguration } from './configuration.js';
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
  const identityProvider = readIdentityProvider(variables, production);

  const configuration: Configuration = {
    environment,
    host: variables.text('HOST') ?? '127.0.0.1',
    port: { number: port ?? defaultPort, chosen: port !== undefined },
    database: readDatabase(variables, production),
    ...(redisUrl !== undefined && { redisUrl }),
    dataDirectory,
    masterKeyFile: readMasterKeyFile(variables, production, dataDirectory),
    checkpoints: readCheckpoints(variables, { production, dataDirectory, mayMail: mail !== undefined }),
    ...(mail !== undefined && { mail }),
    ...(identityProvider !== undefined && { identityProvider }),
    publicUrl: variables.url('SPEAN_PUBLIC_URL', ['http:', 'https:']) ?? `http://127.0.0.1:${port ?? defaultPort}/`,
    sweepSeconds: variables.integer('SPEAN_SWEEP_SECONDS', 1, 60) ?? defaultSweepSeconds,
    demonstration: readDemonstration(variables, production),
    logLevel: variables.oneOf('LOG_LEVEL', logLevels, 'info'),
  };
  if (variables.problems.length > 0) throw new ConfigurationError(variables.problems);
  return deepFreeze(configuration);
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

function readMasterKeyFile(variables: Variables, production: boolean, dataDirectory: string): string {
  const file = variables.text('SPEAN_MASTER_KEY_FILE');
  if (file === undefined && production) {
    variables.refuse('SPEAN_MASTER_KEY_FILE', 'is missing; production does not make up a key of its own');
  }
  return path.resolve(checkoutDirectory(), file ?? path.join(dataDirectory, 'master.key'));
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

function readIdentityProvider(variables: Variables, production: boolean): Configuration['identityProvider'] {
  const issuer = variables.url('SPEAN_OIDC_ISSUER', production ? ['https:'] : ['https:', 'http:']);
  const clientId = variables.text('SPEAN_OIDC_CLIENT_ID');
  const clientSecret = variables.secret('SPEAN_OIDC_CLIENT_SECRET');
  if (issuer === undefined) return undefined;
  if (clientId === undefined) return variables.refuse('SPEAN_OIDC_CLIENT_ID', 'is missing; SPEAN_OIDC_ISSUER is set');
  if (clientSecret === undefined) {
    return variables.refuse('SPEAN_OIDC_CLIENT_SECRET', 'is missing; SPEAN_OIDC_ISSUER is set');
  }
  return { issuer, clientId, clientSecret };
}

function readDemonstration(variables: Variables, production: boolean): boolean {
  const on = variables.oneOf('SPEAN_DEMONSTRATION', ['on', 'off'], production ? 'off' : 'on') === 'on';
  if (on && production) {
    variables.refuse('SPEAN_DEMONSTRATION', 'is on; in production nobody signs in without a second factor');
  }
  return on;
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
