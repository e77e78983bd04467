import { isDeepStrictEqual } from 'node:util';

/**
 * A value in the words the other system used for it, as long as those words still mean what we know; else in our
 * canonical words. So a record that nobody changed goes back as it came, and a change is never undone by old words.
 */
export function inTheirWords<T>(
  theirs: unknown,
  value: T,
  read: (words: string) => T,
  write: (value: T) => string | undefined,
): string | undefined {
  return typeof theirs === 'string' && isDeepStrictEqual(read(theirs), value) ? theirs : write(value);
}

/** Words worth keeping: those that `write` would not make again. */
export function keptWords<T>(
  theirs: string | undefined,
  read: (words: string) => T,
  write: (value: T) => string | undefined,
): string | undefined {
  return theirs === undefined || write(read(theirs)) === theirs ? undefined : theirs;
}
