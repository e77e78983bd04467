import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from './problems.js';
import { readConfiguration } from './read-configuration.js';

const folder = mkdtempSync(path.join(tmpdir(), 'spean-configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://spean_program:7f1c9be204a85d63@db/spean',
  SPEAN_MASTER_KEY_FILE: '/run/secrets/master_key',
  SPEAN_CHECKPOINT_KEY_FILE: '/run/secrets/checkpoint_key',
  SPEAN_CHECKPOINT_FOLDERS: '/mnt/ministry,/mnt/coalition',
};

function problemsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  try {
    readConfiguration(env);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return Object.fromEntries(error.problems.map(({ variable, reason }) => [variable, reason]));
    }
    throw error;
  }
  return {};
}

describe('readConfiguration', () => {
  it('needs nothing on a developer machine', () => {
    const configuration = readConfiguration({});
    expect(configuration).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      port: { number: 3000, chosen: false },
      database: { kind: 'embedded' },
      publicUrl: 'http://127.0.0.1:3000/',
      sweepSeconds: 5,
      demonstration: true,
      logLevel: 'info',
    });
    expect(configuration.redisUrl).toBeUndefined();
    expect(configuration.masterKeys).toEqual({
      active: { kind: 'file', file: path.join(configuration.dataDirectory, 'master.key') },
    });
  });

  it('names every variable that is wrong, at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      REDIS_URL: 'http://cache',
      DATABASE_URL: 'not a url',
      NODE_ENV: 'staging',
    });
    expect(Object.keys(problems).sort()).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'NODE_ENV', 'PORT', 'REDIS_URL']);
  });

  it('never repeats a URL, which may hold a password', () => {
    expect(JSON.stringify(problemsOf({ DATABASE_URL: 'http://user:hunter2@db/spean' }))).not.toContain('hunter2');
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfiguration({ PORT: '', REDIS_URL: ' ' }).port.chosen).toBe(false);
  });

  it('reads a secret from the file that a variable names', () => {
    const file = path.join(folder, 'database-url');
    writeFileSync(file, 'postgres://spean_program:x@db/spean\n');
    expect(readConfiguration({ DATABASE_URL_FILE: file }).database).toEqual({
      kind: 'external',
      url: 'postgres://spean_program:x@db/spean',
    });
    expect(problemsOf({ DATABASE_URL_FILE: path.join(folder, 'absent') })['DATABASE_URL_FILE']).toContain('ENOENT');
    expect(problemsOf({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://db/spean' })).toHaveProperty('DATABASE_URL');
  });

  it('refuses to send mail from nobody', () => {
    expect(problemsOf({ SMTP_URL: 'smtp://mail:25' })).toHaveProperty('SPEAN_MAIL_FROM');
    expect(problemsOf({ SMTP_URL: 'smtp://mail:25', SPEAN_MAIL_FROM: 'nobody' })).toHaveProperty('SPEAN_MAIL_FROM');
    expect(problemsOf({ SMTP_URL: 'smtp://mail:25', SPEAN_MAIL_FROM: 'spean@example.org' })).toEqual({});
  });

  it('takes the master key from exactly one place', () => {
    const key = Buffer.from([...Array(32).keys()].map((byte) => (byte * 71) % 256)).toString('base64');
    const token = { SPEAN_MASTER_KEY_PKCS11_MODULE: '/usr/lib/module.so', SPEAN_MASTER_KEY_PKCS11_TOKEN: 'spean' };
    const labelled = { ...token, SPEAN_MASTER_KEY_PKCS11_KEY: 'k2', SPEAN_MASTER_KEY_PKCS11_PIN: '1234' };
    expect(readConfiguration({ SPEAN_MASTER_KEY: key }).masterKeys.active).toEqual({ kind: 'environment', key });
    expect(readConfiguration({ ...labelled, SPEAN_OTHER_MASTER_KEY_FILE: '/run/old' }).masterKeys).toEqual({
      active: { kind: 'pkcs11', module: '/usr/lib/module.so', token: 'spean', key: 'k2', pin: '1234' },
      other: { kind: 'file', file: '/run/old' },
    });
    expect(problemsOf({ SPEAN_MASTER_KEY: 'password' })).toHaveProperty('SPEAN_MASTER_KEY');
    expect(problemsOf({ SPEAN_MASTER_KEY: key, SPEAN_MASTER_KEY_FILE: '/run/key' })).toHaveProperty('SPEAN_MASTER_KEY');
    expect(Object.keys(problemsOf({ ...production, SPEAN_MASTER_KEY_FILE: '', ...token })).sort()).toEqual([
      'SPEAN_MASTER_KEY_PKCS11_KEY',
      'SPEAN_MASTER_KEY_PKCS11_PIN',
    ]);
  });

  it('cannot be changed afterwards', () => {
    const configuration = readConfiguration({});
    expect(Object.isFrozen(configuration) && Object.isFrozen(configuration.port)).toBe(true);
  });
});

describe('production', () => {
  it('needs a database and a key, and no sign-in without a second factor', () => {
    const problems = problemsOf({ NODE_ENV: 'production', SPEAN_DEMONSTRATION: 'on' });
    expect(Object.keys(problems).sort()).toEqual([
      ...['DATABASE_URL', 'SPEAN_CHECKPOINT_FOLDERS', 'SPEAN_CHECKPOINT_KEY_FILE'],
      ...['SPEAN_DEMONSTRATION', 'SPEAN_MASTER_KEY_FILE'],
    ]);
  });

  it('keeps checkpoints in two places at least, a mailbox among them or not', () => {
    const one = { ...production, SPEAN_CHECKPOINT_FOLDERS: '/mnt/ministry, /mnt/ministry' };
    expect(problemsOf(one)).toHaveProperty('SPEAN_CHECKPOINT_FOLDERS');
    const mail = { SMTP_URL: 'smtp://mail:25', SPEAN_MAIL_FROM: 'spean@example.org' };
    const mailed = { ...one, ...mail, SPEAN_CHECKPOINT_MAIL_TO: 'log@partner.example' };
    expect(readConfiguration(mailed).checkpoints).toEqual({
      keyFile: '/run/secrets/checkpoint_key',
      folders: ['/mnt/ministry'],
      mailTo: 'log@partner.example',
    });
    expect(problemsOf({ ...mailed, SMTP_URL: '' })).toHaveProperty('SPEAN_CHECKPOINT_MAIL_TO');
    expect(problemsOf({ ...mailed, SPEAN_CHECKPOINT_MAIL_TO: 'nobody' })).toHaveProperty('SPEAN_CHECKPOINT_MAIL_TO');
  });

  it('reads its settings, so that an operator can migrate and verify', () => {
    expect(readConfiguration(production)).toMatchObject({ environment: 'production', demonstration: false });
  });

  it('shows nobody what the interface looks like, unless it is told to', () => {
    expect([{}, production].map((env) => readConfiguration(env).description)).toEqual([true, false]);
    expect(readConfiguration({ ...production, SPEAN_DESCRIPTION: 'on' }).description).toBe(true);
    expect(problemsOf({ ...production, SPEAN_DESCRIPTION: 'yes' })).toHaveProperty('SPEAN_DESCRIPTION');
  });

  it('checks certificates', () => {
    const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';
    expect(problemsOf({ ...production, [variable]: '0' })).toEqual({ [variable]: expect.stringContaining('checked') });
  });
});
