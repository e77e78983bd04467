import type { Instant } from '#libs/calendar';
import { digestOf } from '#libs/interop';

/** Whether a record says what it said before, as far as this worker knows. */
export type Told = 'same' | 'changed' | 'unknown';

/**
 * What a target said of each of its records when this worker last read it, so that what has not changed is not gone into
 * again: targets can only be asked for more than what is new. In memory; a worker that has just begun goes into everything
 * once more, which changes nothing.
 */
export class Heard {
  readonly #digests = new Map<string, string>();
  #upTo: Instant | undefined;

  /** Another worker may have read the target meanwhile: then nothing that this one remembers counts. */
  begin(cursor: Instant | undefined): void {
    if (cursor !== this.#upTo) this.#digests.clear();
  }

  end(cursor: Instant): void {
    this.#upTo = cursor;
  }

  compare(key: string, said: unknown): Told {
    const known = this.#digests.get(key);
    if (known === undefined) return 'unknown';
    return known === digestOf(said) ? 'same' : 'changed';
  }

  remember(key: string, said: unknown): void {
    this.#digests.set(key, digestOf(said));
  }
}
