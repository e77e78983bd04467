/** Letters a to z alone, however the name is written: case, accents, spaces and hyphens tell nobody apart. */
export function foldedLatin(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/gu, '');
}

/** Spellings of one Khmer consonant in Latin letters. The longest come first. */
const consonants: readonly (readonly [RegExp, string])[] = [
  [/kh|gh|q|c(?!h)|g(?<!ng)/gu, 'k'],
  [/chh|ch|j/gu, 'c'],
  [/ph|bh|[bf]/gu, 'p'],
  [/th|dh|d/gu, 't'],
  [/nh|gn|ny(?=[aeiou])/gu, 'n'],
  [/w/gu, 'v'],
  [/[xz]/gu, 's'],
  [/(?<=.)h/gu, ''],
];

/** Spellings of one Khmer vowel in Latin letters. */
const vowels: readonly (readonly [RegExp, string])[] = [
  [/(?:oo|ou|uo|u)/gu, 'u'],
  [/(?:oeu|oe|eu|ea)/gu, 'e'],
  [/(?:ei|ey|ie|ee|iy|[iy])(?![aeiou])/gu, 'i'],
  [/(?:aa|ai|ay|ae|a)[iy]?/gu, 'a'],
  [/(?:oa|ao|au|or(?![aeiou])|o)/gu, 'o'],
];

/** Consonants of a folded name, each in one spelling. */
export const withOneSpelling = (folded: string): string => replaced(folded, consonants);

/**
 * How a name in Latin letters sounds, so that its many spellings meet: Sok and Sokh, Srey and Srei, Ly and Li, Chhay and
 * Chay, Phalla and Pala. For finding candidates only; whether two children are one is for a person to say.
 */
export function soundOf(text: string): string {
  return replaced(withOneSpelling(foldedLatin(text)), vowels).replace(/(.)\1+/gu, '$1');
}

const replaced = (text: string, rules: readonly (readonly [RegExp, string])[]): string =>
  rules.reduce((known, [found, one]) => known.replace(found, one), text);
