import type { MasterKey } from './master-key.js';

/** The master key together with another one, while what the other has wrapped moves over to it. */
export class KeyRing implements MasterKey {
  readonly id: string;
  /** Ids of all keys that can be opened with. */
  readonly ids: readonly string[];
  readonly #active: MasterKey;
  readonly #other: MasterKey | undefined;

  constructor(active: MasterKey, other?: MasterKey) {
    this.id = active.id;
    this.ids = other === undefined ? [active.id] : [active.id, other.id];
    this.#active = active;
    this.#other = other;
  }

  wrap(key: Buffer, context: string): Promise<string> {
    return this.#active.wrap(key, context);
  }

  /** A text that one key did not wrap does not open with it, so both are tried. */
  async unwrap(wrapped: string, context: string): Promise<Buffer> {
    const other = this.#other;
    const first = this.#active.unwrap(wrapped, context);
    return other === undefined ? first : first.catch(() => other.unwrap(wrapped, context));
  }

  derive(purpose: string): Promise<Buffer> {
    return this.#active.derive(purpose);
  }
}
