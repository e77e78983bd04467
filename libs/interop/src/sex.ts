import type { Sex } from '#libs/cases';

const words: Record<string, Sex> = {
  male: 'male',
  female: 'female',
  other: 'other',
  lgbt: 'other',
  unknown: 'unknown',
  prefer_not_to_say: 'unknown',
};

/** Options of both systems, in either case; undefined for a word that neither has. */
export const readSex = (word: string): Sex | undefined => words[word.trim().toLowerCase()];
