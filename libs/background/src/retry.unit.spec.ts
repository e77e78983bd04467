import { describe, expect, it } from '@jest/globals';

import { errorName, pauseAfter } from './retry.js';

describe('the pause after a failed attempt', () => {
  it('doubles from 2 seconds up to 15 minutes', () => {
    expect([1, 2, 3, 4].map(pauseAfter)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(pauseAfter(1_000)).toBe(15 * 60_000);
  });
});

describe('the name of an error', () => {
  it('is its class and its codes, never its text', () => {
    const error = Object.assign(new RangeError('of Sok Canary'), { code: 'EENVELOPE', responseCode: 550 });
    expect(errorName(error)).toBe('RangeError EENVELOPE 550');
  });

  it('leaves out a name or code that could be a text', () => {
    const error = Object.assign(new Error('x'), { name: 'Sok Canary', code: 'Sok Canary' });
    expect(errorName(error)).toBe('Error');
    expect(errorName('Sok Canary')).toBe('NotAnError');
  });
});
