import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { checkoutDirectory } from '#libs/configuration';
import { rowsOfCsv } from '#libs/facilities';

interface Row {
  readonly id: string;
  readonly level: string;
  readonly requirement: string;
  readonly applicable: string;
  readonly state?: string;
  readonly proof?: string;
  readonly note?: string;
}

const at = (file: string): string => path.join(checkoutDirectory(), file);
const rows = rowsOfCsv(readFileSync(at('docs/security/asvs.csv'), 'utf8')) as unknown as Row[];
const applicable = rows.filter((row) => row.applicable === 'yes');

describe('the table of ASVS 5.0', () => {
  it('has each requirement of levels 1 and 2 once', () => {
    expect(rows.length).toBe(253);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
    expect(
      rows.every(
        ({ id, level, requirement }) => /^V\d+\.\d+\.\d+$/.test(id) && /^[12]$/.test(level) && requirement !== '',
      ),
    ).toBe(true);
  });

  it('says why of what does not apply, and of what is not met', () => {
    const silent = rows.filter(
      ({ applicable: yes, state, note = '' }) => (yes === 'no' || state === 'not met') && note === '',
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('knows four states, and a proof for all but one of them', () => {
    for (const { id, state = '', proof = '' } of applicable) {
      expect([id, state]).toEqual([id, expect.stringMatching(/^(met|document|operator|not met)$/)]);
      expect([id, proof === '']).toEqual([id, state === 'not met']);
    }
  });

  it('is told in SECURITY.md as it is', () => {
    const count = (wanted: string): number => applicable.filter(({ state }) => state === wanted).length;
    const told = readFileSync(at('SECURITY.md'), 'utf8').replaceAll('\n', ' ');
    expect(told).toContain(
      `Of ${rows.length}, ${applicable.length} apply: ${count('met')} are met and shown by a test, ` +
        `${count('document')} are met by a document, ${count('operator')} are the operator's, and ${count('not met')} are not met`,
    );
  });

  it('names proofs that are there: tests for what is met', () => {
    for (const { id, state, proof = '' } of applicable) {
      if (proof === '') continue;
      expect([id, proof, existsSync(at(proof))]).toEqual([id, proof, true]);
      if (state === 'met') expect([id, proof]).toEqual([id, expect.stringMatching(/\.spec\.ts$/)]);
    }
  });
});
