import { randomInt } from 'node:crypto';

/** Crockford's alphabet: no letter that is taken for a digit or for another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 32^6: two cases of a country share a code once in many millions; the database refuses it then. */
const length = 6;

/** A code to speak of a case without naming the child, such as `K-7F3Q2P`. */
export function newCaseCode(): string {
  return `K-${Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')}`;
}
