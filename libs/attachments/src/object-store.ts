import type { Readable } from 'node:stream';

/** Objects under keys, as an S3 bucket keeps them: `/` parts a key, and there are no folders. */
export interface ObjectStore {
  /** Resolves once it is durable. Nobody ever finds half an object under the key. */
  put(key: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Undefined when nothing lies there. */
  get(key: string): Promise<Readable | undefined>;
  /** Deletes an object; one that is not there is no mistake. */
  delete(key: string): Promise<void>;
  /** Keys that begin with a prefix, which ends with `/`. */
  keysUnder(prefix: string): Promise<string[]>;
}
