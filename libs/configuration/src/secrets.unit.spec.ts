import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { ConfigurationError } from './problems.js';
import { readConfiguration } from './read-configuration.js';

const folder = mkdtempSync(path.join(tmpdir(), 'spean-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Made for this test. */
const [strong, another] = ['7f1c9be204a85d63', 'd94e02bb7a61c835'];
const postgres = (password: string, role = 'spean_program') => `postgres://${role}:${password}@db.internal/spean`;

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: postgres(strong),
  SPEAN_MASTER_KEY_FILE: '/run/secrets/master_key',
  SPEAN_CHECKPOINT_KEY_FILE: '/run/secrets/checkpoint_key',
  SPEAN_CHECKPOINT_FOLDERS: '/checkpoints/one,/checkpoints/two',
};

function refusals(env: NodeJS.ProcessEnv): [string, string][] {
  try {
    readConfiguration({ ...production, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ variable, reason }) => [variable, reason]);
    throw error;
  }
}

const weak = [
  ['missing', ''],
  ['short', '7f1c9be204a85d6'],
  ['its own role', 'spean_program'],
  ['the word itself', 'Password-7f1c9be204'],
  ['an example', 'example-7f1c9be204a85'],
  ['to be changed', 'changeme-7f1c9be204a8'],
  ['not filled in', '%24%7BDATABASE_PASSWORD%7D'],
  ['one letter', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
  ['a run of digits', '1234567890abcdefghij'],
] as const;

describe('production', () => {
  it('starts with strong secrets of its own', () => {
    const env = {
      MIGRATOR_DATABASE_URL: postgres(another, 'spean_migrator'),
      QUEUE_DATABASE_URL: postgres(another, 'spean_queue'),
      REDIS_URL: `rediss://:${another}@redis.internal:6380`,
      SMTP_URL: `smtps://mailer:${another}@mail.internal`,
      SPEAN_MAIL_FROM: 'spean@mail.internal',
    };
    expect(refusals(env)).toEqual([]);
  });

  describe.each([
    ['DATABASE_URL', postgres],
    ['MIGRATOR_DATABASE_URL', postgres],
    ['QUEUE_DATABASE_URL', postgres],
    ['REDIS_URL', (password: string) => `redis://spean_program:${password}@redis.internal:6379`],
    ['SMTP_URL', (password: string) => `smtps://spean_program:${password}@mail.internal`],
  ])('with a password in %s', (variable, urlWith) => {
    const mailFrom = { SPEAN_MAIL_FROM: 'spean@mail.internal' };

    it.each(weak)('that is %s does not start, and does not say it', (_, password) => {
      const refused = refusals({ ...mailFrom, [variable]: urlWith(password) });
      expect(refused).toEqual([[variable, expect.stringContaining('password')]]);
      if (password !== '') expect(JSON.stringify(refused)).not.toContain(password);
    });

    it('that is weak and comes from a file does not start either', () => {
      const file = path.join(folder, variable);
      writeFileSync(file, urlWith('short'));
      const given = { ...mailFrom, [variable]: undefined, [`${variable}_FILE`]: file };
      expect(refusals(given).map(([refused]) => refused)).toEqual([variable]);
      writeFileSync(file, `${urlWith(another)}\n`);
      expect(refusals(given)).toEqual([]);
    });
  });

  it('gives the role that owns the tables a password of its own', () => {
    const refused = refusals({ MIGRATOR_DATABASE_URL: postgres(strong, 'spean_migrator') });
    expect(refused).toEqual([['MIGRATOR_DATABASE_URL', expect.stringContaining('its own')]]);
  });

  it('asks no password of a Redis on this machine, nor of a mail server that asks none', () => {
    const env = {
      REDIS_URL: 'redis://127.0.0.1:6379',
      SMTP_URL: 'smtp://relay.internal',
      SPEAN_MAIL_FROM: 'spean@mail.internal',
    };
    expect(refusals(env)).toEqual([]);
    expect(refusals({ REDIS_URL: 'redis://redis.internal:6379' })).toEqual([
      ['REDIS_URL', expect.stringContaining('no password')],
    ]);
  });

  it('counts requests, whatever it is told', () => {
    expect(refusals({ SPEAN_RATE_LIMITS: 'off' })).toEqual([['SPEAN_RATE_LIMITS', expect.stringContaining('off')]]);
    expect(readConfiguration(production).rateLimits).toBe(true);
  });

  it.each(['everybody', '10.0.0.0/0', '10.0.0.0/33', '::/0', '10.0.0.1/8/8'])('does not believe %s', (proxies) => {
    expect(refusals({ SPEAN_TRUSTED_PROXIES: `10.0.0.5, ${proxies}` }).map(([refused]) => refused)).toEqual([
      'SPEAN_TRUSTED_PROXIES',
    ]);
    expect(readConfiguration({ SPEAN_TRUSTED_PROXIES: '10.0.0.5, fd00::/8' }).trustedProxies).toEqual([
      '10.0.0.5',
      'fd00::/8',
    ]);
  });
});

it('a developer needs no secrets', () => {
  expect(() => readConfiguration({ DATABASE_URL: postgres('x'), REDIS_URL: 'redis://redis:6379' })).not.toThrow();
});
