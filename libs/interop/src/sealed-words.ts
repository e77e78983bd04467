import type { FieldClass, SealedFields } from '#libs/cases';
import { present } from './objects.js';

type Words = Record<string, string | undefined>;

/** Sealed fields by class, without the empty ones. */
export function sealedWords(classes: Partial<Record<FieldClass, Words>>): SealedFields {
  const kept = Object.entries(classes)
    .map(([name, words]) => [name, present(words)] as const)
    .filter(([, words]) => Object.keys(words).length > 0);
  return Object.fromEntries(kept);
}

/** One sealed text; undefined when it is absent or no text. */
export function wordsIn(sealed: SealedFields | undefined, fieldClass: FieldClass, field: string): string | undefined {
  const value = sealed?.[fieldClass]?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
