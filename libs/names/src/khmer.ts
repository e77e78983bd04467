/** Letters that are typed one for the other: deprecated independent vowels, and the two subscripts that look alike. */
const alike: Rules = [
  [/\u17a3/gu, '\u17a2'], // ឣ for អ, found in the OSCaR data
  [/\u17a4/gu, '\u17a2\u17b6'], // ឤ for អា
  [/\u17d2\u178a/gu, '\u17d2\u178f'], // subscript ដ for subscript ត: written alike
];

/** Vowels that are typed in two parts. */
const joined: Rules = [
  [/\u17c1\u17b8/gu, '\u17be'], // េ and ី for ើ
  [/\u17c1\u17b6/gu, '\u17c4'], // េ and ា for ោ
];

type Rules = readonly (readonly [RegExp, string])[];

/** A base letter with all that belongs to it. */
const cluster = /[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd])*/gu;
const part = /\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd]/gu;

/**
 * A Khmer name in the one form in which equal names are equal text: keyboards let subscripts, vowels and signs of a letter
 * be typed in any order, with or without invisible characters between them. NFC alone leaves all of these apart.
 */
export function canonicalKhmer(text: string): string {
  const letters = replaced(text.normalize('NFC').replace(/[^\u1780-\u17d3\u17dd]/gu, ''), alike);
  const ordered = letters.replace(
    cluster,
    (all) => all.charAt(0) + (all.slice(1).match(part) ?? []).sort(inOrder).join(''),
  );
  return replaced(ordered, joined);
}

const replaced = (text: string, rules: Rules): string =>
  rules.reduce((known, [found, one]) => known.replace(found, one), text);

/** The order of the Unicode standard (Khmer, "Ordering of Syllable Components"): subscripts, shifter, vowel, signs. */
function inOrder(one: string, other: string): number {
  return rank(one) - rank(other);
}

function rank(component: string): number {
  if (component === '\u17cc') return 0; // robat
  if (component === '\u17d2\u179a') return 2; // the subscript of រ is written first and typed last
  if (component.startsWith('\u17d2')) return 1;
  if (component === '\u17c9' || component === '\u17ca') return 3;
  const code = component.charCodeAt(0);
  if (code <= 0x17c5) return code === 0x17c1 ? 4 : 5; // េ comes before the vowel it is typed together with
  return 6;
}
