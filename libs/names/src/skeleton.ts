import { canonicalKhmer } from './khmer.js';
import { foldedLatin, withOneSpelling } from './latin.js';

/** Consonants from U+1780 on, each by the letter that a reader of its Latin spelling would reduce it to. */
const khmerLetters = 'kkkkgccccnttttnttttnppppmyrlvssshl';
const firstConsonant = 0x1780;
const lastConsonant = firstConsonant + khmerLetters.length - 1;

/**
 * The consonants of a name, alike for both scripts, so that a child who is written in Khmer in one register and in Latin
 * letters in another can be found: ស្រីមុំ and Sreymom, ដារ៉ា and Dara. Much coarser than a spelling.
 */
export function skeletonOf(text: string): string {
  const khmer = canonicalKhmer(text);
  return tidied(khmer === '' ? consonantsOf(foldedLatin(text)) : khmerConsonants(khmer));
}

function khmerConsonants(text: string): string {
  const spoken = text
    .replace(/[\u1780-\u17a2](?:\u17d2[\u1780-\u17a2])*\u17cd/gu, '') // a killed letter is silent
    .replace(/(?:\u17d2[\u1780-\u17a2])+$/u, ''); // so is a subscript at the end
  return spoken.replace(/./gu, letterOf);
}

function letterOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= firstConsonant && code <= lastConsonant) return khmerLetters.charAt(code - firstConsonant);
  if (character === '\u17c6') return 'm'; // nikahit
  if (character === '\u17ab' || character === '\u17ac') return 'r';
  if (character === '\u17ad' || character === '\u17ae') return 'l';
  return '';
}

function consonantsOf(folded: string): string {
  const first = /^y(?=[aeiou])/u.test(folded) ? 'y' : '';
  return (
    first +
    withOneSpelling(folded)
      .replace(/ng/gu, 'g')
      .replace(/[aeiouy]/gu, '')
  );
}

/** Finals that one spelling writes and another leaves out, and doubled letters. */
function tidied(letters: string): string {
  return letters
    .replace(/(?<=.)y/gu, '')
    .replace(/(.)\1+/gu, '$1')
    .replace(/(?<=.)[rvh]$/u, '');
}
