import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readNormalForm, writeNormalForm } from './instant-text.js';

const anyTime = fc.integer({ min: Date.parse('1600-01-01T00:00:00Z'), max: Date.parse('2500-01-01T00:00:00Z') });

describe('instants in normal form', () => {
  it('are written as the platform writes them, whatever the year', () => {
    fc.assert(
      fc.property(anyTime, (time) => expect(writeNormalForm(time)).toBe(new Date(time).toISOString())),
      { numRuns: 5_000 },
    );
    for (const day of [
      '1600-02-29',
      '1899-12-31',
      '1900-02-28',
      '1900-03-01',
      '1970-01-01',
      '2000-02-29',
      '2100-03-01',
    ]) {
      expect(writeNormalForm(Date.parse(`${day}T23:59:59.999Z`))).toBe(`${day}T23:59:59.999Z`);
    }
  });

  it('are read as they were written, save for the last days of a month, which are left to the calendar', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const text = new Date(time).toISOString();
        expect(readNormalForm(text)).toBe(Number(text.slice(8, 10)) > 28 ? undefined : time);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '2026-00-10T00:00:00.000Z',
    '2026-13-10T00:00:00.000Z',
    '2026-02-30T00:00:00.000Z',
    '2026-02-00T00:00:00.000Z',
    '2026-02-10T24:00:00.000Z',
    '2026-02-10T23:60:00.000Z',
    '2026-02-10T23:59:60.000Z',
    '2026-02-10T23:59:59Z',
    '2026-02-10T23:59:59.000+07:00',
    '2026-02-10',
    '',
  ])('are not %j', (text) => {
    expect(readNormalForm(text)).toBeUndefined();
  });
});
