import type { FieldClass } from './field-class.js';

export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

export type PersonKeys = ReadonlyMap<FieldClass, DataKey>;

const mostPersons = 20_000;
/** How long another process may still read a child after its keys were destroyed. */
const longestMs = 60_000;

/** Unwrapped keys, those used longest ago dropped first. */
export class KeyCache {
  readonly #entries = new Map<string, { keys: PersonKeys; until: number }>();

  get(tenant: number, personId: string): PersonKeys | undefined {
    const name = `${tenant} ${personId}`;
    const entry = this.#entries.get(name);
    if (entry === undefined) {
      return undefined;
    }
    this.#entries.delete(name);
    if (entry.until < performance.now()) {
      return undefined;
    }
    this.#entries.set(name, entry);
    return entry.keys;
  }

  put(tenant: number, personId: string, keys: PersonKeys): void {
    this.forget(tenant, personId);
    this.#entries.set(`${tenant} ${personId}`, { keys, until: performance.now() + longestMs });
    if (this.#entries.size > mostPersons) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest as string);
    }
  }

  forget(tenant: number, personId: string): void {
    this.#entries.delete(`${tenant} ${personId}`);
  }
}
