import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { ConfigurationError } from './problems.js';
import { readConfiguration } from './read-configuration.js';

const folder = mkdtempSync(path.join(tmpdir(), 'spean-targets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const primero = {
  id: 'mosvy',
  system: 'primero',
  url: 'https://primero.example/',
  account: 'spean',
  secret: 'PRIMERO_SECRET',
  serves: { provinces: ['17'] },
};

function read(entries: unknown, env: NodeJS.ProcessEnv = { PRIMERO_SECRET: 'not-a-real-one' }) {
  const file = path.join(folder, 'targets.yaml');
  writeFileSync(file, stringify({ targets: entries }));
  return readConfiguration({ NODE_ENV: 'test', SPEAN_EXCHANGE_TARGETS: file, ...env }).exchangeTargets;
}

function problems(entries: unknown, env?: NodeJS.ProcessEnv): string[] {
  try {
    read(entries, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ reason }) => reason);
    throw error;
  }
  return [];
}

describe('the targets of the exchange', () => {
  it('are none where no file is named', () => {
    expect(readConfiguration({ NODE_ENV: 'test' }).exchangeTargets).toEqual([]);
  });

  it('are read with what may be left out, and the secret from the environment', () => {
    expect(read([primero])).toEqual([
      {
        ...primero,
        url: 'https://primero.example',
        secret: 'not-a-real-one',
        serves: { agencies: [], provinces: ['17'] },
        requestsPerSecond: 5,
        users: {},
      },
    ]);
  });

  it('defect 19: know another organisation and its user by a line in a file', () => {
    const more = { serves: { agencies: ['cif', 'tpo'] }, users: { cif: 'agency-cif-user', tpo: 'agency-tpo-user' } };
    expect(read([{ ...primero, ...more }])).toMatchObject([{ users: more.users }]);
  });

  it.each([
    [{ id: 'With Spaces' }, /^entry 1: id does not match/],
    [{ system: 'other' }, /^entry 1: system is neither/],
    [{ url: 'https://user:word@primero.example' }, /^entry 1: url holds credentials/],
    [{ url: 'nothing' }, /^entry 1: url is not a URL/],
    [{ serves: {} }, /^entry 1: serves lists neither/],
    [{ serves: { provinces: ['1'] } }, /^entry 1: serves.provinces is not a list/],
    [{ requestsPerSecond: 0 }, /^entry 1: requestsPerSecond is not a number/],
    [{ users: ['x'] }, /^entry 1: users is not a table/],
    [{ secret: 'hunter2' }, /^entry 1: secret does not match/],
    [{ password: 'x' }, /^entry 1: password is no field/],
    [{ system: 'oscar' }, /^entry 1: contact has not both/],
  ])('%j is refused by the name of its field', (more, reason) => {
    expect(problems([{ ...primero, ...more }])[0]).toMatch(reason);
  });

  it('need their secret, once each id, and TLS in production', () => {
    expect(problems([primero], {})).toEqual([
      'entry 1: secret names PRIMERO_SECRET, and neither it nor PRIMERO_SECRET_FILE is set',
    ]);
    expect(problems([primero, primero])).toEqual(['entry 2: id is that of another entry']);
    const plain = { ...primero, url: 'http://primero.example' };
    expect(problems([plain], { PRIMERO_SECRET: 'x', NODE_ENV: 'production' })).toContain(
      'entry 1: url must begin with https://',
    );
    expect(problems('no list')).toEqual(['names a file without a list `targets`']);
  });
});
