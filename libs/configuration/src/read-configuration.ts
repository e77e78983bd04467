import { isIP } from 'node:net';
import path from 'node:path';
import { checkoutDirectory } from './checkout.js';
import { readCheckpoints } from './read-checkpoints.js';
import {
  environments,
  logLevels,
  type Configuration,
  type DatabaseConfiguration,
  type Environment,
} from './configuration.js';
import { readExchangeTargets } from './exchange-targets.js';
import { readMasterKeys } from './master-key.js';
import { ConfigurationError } from './problems.js';
import { refuseWeakSecrets } from './secrets.js';
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
    checkpoints: readCheckpoints(variables, { production, dataDirectory, mayMail: mail !== undefined }),
    masterKeys: readMasterKeys(variables, { production, dataDirectory }),
    erasureLedger: path.resolve(
      checkoutDirectory(),
      variables.text('SPEAN_ERASURE_LEDGER') ?? path.join(dataDirectory, 'erasures.jsonl'),
    ),
    attachments: path.resolve(
      checkoutDirectory(),
      variables.text('SPEAN_ATTACHMENTS') ?? path.join(dataDirectory, 'attachments'),
    ),
    ...(mail !== undefined && { mail }),
    ...(identityProvider !== undefined && { identityProvider }),
    publicUrl: variables.url('SPEAN_PUBLIC_URL', ['http:', 'https:']) ?? `http://127.0.0.1:${port ?? defaultPort}/`,
    sweepSeconds: variables.integer('SPEAN_SWEEP_SECONDS', 1, 60) ?? defaultSweepSeconds,
    demonstration: readDemonstration(variables, production),
    description: variables.oneOf('SPEAN_DESCRIPTION', ['on', 'off'], production ? 'off' : 'on') === 'on',
    outboundHosts: readOutboundHosts(variables),
    exchangeTargets: readExchangeTargets(variables, { production }),
    rateLimits: readRateLimits(variables, environment),
    trustedProxies: readTrustedProxies(variables),
    logLevel: variables.oneOf('LOG_LEVEL', logLevels, 'info'),
  };
  if (production) {
    refuseUncheckedCertificates(variables);
    refuseWeakSecrets(variables, { database: configuration.database, redisUrl, smtpUrl: mail?.smtpUrl });
  }
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

/** `ngo-lotus=hooks.lotus.example,ngo-bridge=hooks.bridge.example`; an agency may be listed with several hosts. */
function readOutboundHosts(variables: Variables): Record<string, string[]> {
  const listed: Record<string, string[]> = {};
  for (const each of variables.text('SPEAN_OUTBOUND_HOSTS')?.split(',') ?? []) {
    const [, agency, host] = /^\s*([\w.-]+)=([\w.-]+|\[[\da-f:]+\])\s*$/.exec(each) ?? [];
    if (agency === undefined || host === undefined) {
      variables.refuse(
        'SPEAN_OUTBOUND_HOSTS',
        'is not a list of agencies and hosts, such as ngo-lotus=hooks.example.org',
      );
      return {};
    }
    listed[agency] = [...(listed[agency] ?? []), host];
  }
  return listed;
}

/** Tests and drills ask as fast as they can. */
function readRateLimits(variables: Variables, environment: Environment): boolean {
  const on = variables.oneOf('SPEAN_RATE_LIMITS', ['on', 'off'], environment === 'test' ? 'off' : 'on') === 'on';
  if (!on && environment === 'production') {
    variables.refuse('SPEAN_RATE_LIMITS', 'is off; in production somebody counts how often a caller asks');
  }
  return on;
}

/** Read by Node itself: with it, anybody may pass for a partner, an identity provider or the database. */
function refuseUncheckedCertificates(variables: Variables): void {
  const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';
  if (variables.text(variable) === '0') variables.refuse(variable, 'is 0; in production certificates are checked');
}

function readTrustedProxies(variables: Variables): string[] {
  const proxies = variables.text('SPEAN_TRUSTED_PROXIES')?.split(',') ?? [];
  return proxies.map((each) => each.trim()).filter((each) => isNetwork(each) || refusedProxy(variables));
}

function refusedProxy(variables: Variables): false {
  variables.refuse('SPEAN_TRUSTED_PROXIES', 'is not a list of addresses or networks, such as 10.0.0.5,172.16.0.0/12');
  return false;
}

/** An address, or one with the length of a prefix that is neither nothing nor everything. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : Number(length);
  return isIP(address) !== 0 && rest.length === 0 && Number.isInteger(prefix) && prefix >= 1 && prefix <= bits;
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
