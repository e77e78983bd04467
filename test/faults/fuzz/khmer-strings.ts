/**
 * Khmer as it is typed, and as it should never be: vowels and subscripts in either order, spaces nobody sees, marks without
 * a letter. What looks alike is stored in many ways, and each of them has to pass or to be refused, never to fail.
 */
export const khmerStrings: readonly string[] = [
  'សុខ ដារ៉ា',
  'កម្ពុជា',
  'ស្រី',
  'ស្រ្តី', // subscripts in one order,
  'ស្ត្រី', // and in the other
  'ខ្ញុំ',
  'ខុ្ញំ', // vowel before the subscript
  'កោ',
  'កេា', // one vowel written as two
  'ក៌្ម',
  'ត្ត', // coeng TA,
  'ត្ដ', // and coeng DA, which looks the same
  'ក្', // a coeng that joins nothing,
  '្ក', // or comes first
  '្្្្',
  'ា', // a vowel without its letter
  'ំ',
  '៉៊',
  'ក៉៊៉៊',
  'ស៊ី',
  'ស៊ិី',
  'ក\u200bខ', // zero-width space, as written between words
  '\u200bក\u200b',
  'ក\u200dខ',
  'ក\u200cខ',
  'ក\ufeffខ',
  'ក្\u200bខ',
  'ក\u00a0ខ',
  '០១២៣៤៥៦៧៨៩',
  '៣០/១២/២០២៥',
  '៰៱៲៳',
  '០12៣',
  '+៨៥៥ ១២ ៣៤៥ ៦៧៨',
  '៛៥០០០',
  '។',
  '៕',
  'ៗ',
  '៚',
  '\u17b4ក', // vowels that are not to be used
  'ក\u17b5',
  '\u17a3',
  '\u17a4',
  '\u17d8',
  'ក\u17dd',
  'សុខa',
  'aសុខ1',
  'សុខ\u202eដារ៉ា',
  'ក\0ខ',
  'ក\ud800ខ',
  `ក${'្ក'.repeat(500)}`,
  `ក${'ំ'.repeat(10_000)}`,
  'ក្រ'.repeat(2_000),
  '\u200b'.repeat(5_000),
  'ខ្មែរ 👧🏽 ខ្មែរ',
  '᧠᧡᧢', // Khmer symbols for days of the moon
];
