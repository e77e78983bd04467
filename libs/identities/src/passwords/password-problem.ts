import type { EntryProblem } from '../refusal.js';
import { canonicalPassword } from './hashing.js';
import { isCommon } from './common-passwords.js';

export const shortestPassword = 12;
export const longestPassword = 128;
/** What is left of a password without the words that anybody would try first must still be this long. */
const shortestOwn = 8;
const shortestWord = 4;
const everybodysWords = ['spean', 'ស្ពាន', 'cambodia', 'កម្ពុជា', 'mosvy', 'oscar', 'primero'];

/**
 * Why something is no password here. Nothing is asked of its composition: length is what helps (NIST SP 800-63B).
 *
 * @param words of this person: id, agency, title
 */
export function passwordProblem(password: string, words: readonly string[]): EntryProblem | undefined {
  const canonical = canonicalPassword(password);
  const length = charactersOf(canonical);
  if (length < shortestPassword) return 'password_short';
  if (length > longestPassword) return 'password_long';
  if (isCommon(canonical)) return 'password_common';
  return charactersOf(withoutWords(canonical.toLowerCase(), words)) < shortestOwn ? 'password_personal' : undefined;
}

/** Code points: a character of Khmer or an emoji counts like any other. */
const charactersOf = (text: string): number => Array.from(text).length;

function withoutWords(password: string, words: readonly string[]): string {
  const tried = [...everybodysWords, ...words, ...words.flatMap((each) => each.split(/[^\p{L}\p{M}\p{N}]+/u))]
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => charactersOf(word) >= shortestWord)
    .sort((one, other) => other.length - one.length);
  return tried.reduce((left, word) => left.replaceAll(word, ''), password);
}
