import type { Sex } from '#libs/cases';
import { entryOf } from './objects.js';

const words: Record<string, Sex> = {
  male: 'male',
  female: 'female',
  other: 'other',
  lgbt: 'other',
  unknown: 'unknown',
  prefer_not_to_say: 'unknown',
};

/** Options of both systems, in either case; undefined for a word that neither has. */
export const readSex = (word: string): Sex | undefined => entryOf(words, word.trim().toLowerCase());
