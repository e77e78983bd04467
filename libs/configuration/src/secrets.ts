import type { DatabaseConfiguration } from './configuration.js';
import type { Variables } from './variables.js';

/** Characters of a password that no person remembers. `docker/make-secrets.sh` makes 64. */
const shortest = 16;
/** Different characters in it: below, somebody has leant on the keyboard. */
const fewest = 8;

/** What stands in examples, images and habits, in or around a password. */
const wellKnown =
  /passw|secret|changeme|change_me|change-me|example|default|insecure|12345|qwerty|letmein|postgres|redis|spean|admin|test|dummy|placeholder|todo|<|>|\$\{/i;

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** The addresses whose passwords are looked at, by variable. */
interface Addresses {
  readonly database: DatabaseConfiguration;
  readonly redisUrl: string | undefined;
  readonly smtpUrl: string | undefined;
}

/**
 * What production does not start with: passwords that are missing, short, well known or used twice. A reason names the
 * variable and never the password.
 */
export function refuseWeakSecrets(variables: Variables, { database, redisUrl, smtpUrl }: Addresses): void {
  if (database.kind === 'external') {
    judge(variables, 'DATABASE_URL', database.url);
    if (database.migratorUrl !== undefined) judge(variables, 'MIGRATOR_DATABASE_URL', database.migratorUrl);
    if (database.queueUrl !== undefined) judge(variables, 'QUEUE_DATABASE_URL', database.queueUrl);
    refuseSharedPassword(variables, database);
  }
  // Whoever may log in to this machine is no stranger to its Redis; a password is asked for as soon as there is a network.
  if (redisUrl !== undefined && !loopback.includes(new URL(redisUrl).hostname)) judge(variables, 'REDIS_URL', redisUrl);
  if (smtpUrl !== undefined && new URL(smtpUrl).username !== '') judge(variables, 'SMTP_URL', smtpUrl);
}

function judge(variables: Variables, variable: string, url: string): void {
  const reason = weaknessOf(url);
  if (reason !== undefined) variables.refuse(variable, reason);
}

function weaknessOf(url: string): string | undefined {
  const password = passwordOf(url);
  if (password === '') return 'has no password; production needs one';
  if (wellKnown.test(password) || password === new URL(url).username) {
    return 'has a password that is well known or was left from an example';
  }
  if (password.length < shortest) return `has a password of fewer than ${shortest} characters`;
  if (new Set(password).size < fewest) return `has a password of fewer than ${fewest} different characters`;
  return undefined;
}

/** The program could otherwise act as the role that owns the tables. */
function refuseSharedPassword(variables: Variables, database: DatabaseConfiguration & { kind: 'external' }): void {
  const { url, migratorUrl } = database;
  if (migratorUrl === undefined || passwordOf(url) === '' || passwordOf(url) !== passwordOf(migratorUrl)) return;
  variables.refuse('MIGRATOR_DATABASE_URL', 'has the password of DATABASE_URL; each role needs its own');
}

function passwordOf(url: string): string {
  const { password } = new URL(url);
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
