import { describe, expect, it } from '@jest/globals';
import { canonicalPhone } from './phone.js';

describe('a telephone number', () => {
  it.each([
    ['012 345 678', '+85512345678'],
    ['096-123-4567', '+855961234567'],
    ['+855 12 345 678', '+85512345678'],
    ['+855 (0)12 345 678', '+85512345678'],
    ['00855 12345678', '+85512345678'],
    ['855 12 345 678', '+85512345678'],
    ['០១២ ៣៤៥ ៦៧៨', '+85512345678'],
    ['023\u200b 456 789', '+85523456789'],
    ['+66 81 234 5678', '+66812345678'],
  ])('%s is %s', (written, canonical) => {
    expect(canonicalPhone(written)).toBe(canonical);
  });

  it.each(['', '123', '12345678', 'none', '+0123456789', '+1234567890123456', '012 345 67x'])('%j is none', (text) => {
    expect(canonicalPhone(text)).toBeUndefined();
  });
});
