/**
 * What the program needs of the key that wraps all others: a key management service, a hardware module, or a file. The
 * key itself never leaves it.
 */
export interface MasterKey {
  /** Tells this key from an earlier or later one; not secret. */
  readonly id: string;

  /** Encrypts a data key for keeping. The context is bound in: unwrapping under another one fails. */
  wrap(key: Buffer, context: string): Promise<string>;

  /** @throws when the text was not wrapped by this key under this context. */
  unwrap(wrapped: string, context: string): Promise<Buffer>;

  /** A key of 32 bytes for another purpose than wrapping, always the same one for the same purpose. */
  derive(purpose: string): Promise<Buffer>;
}
