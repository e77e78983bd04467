import { randomInt } from 'node:crypto';

/** Crockford's alphabet: no letter that is taken for a digit or for another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 32^9: even with a million cases, a new one meets a code in use about once in thirty million times. */
const length = 9;

/** A code to speak of a case without naming the child, such as `K-7F3Q2PX4M`. */
export function newCaseCode(): string {
  return `K-${Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')}`;
}
