import { createHash, hkdfSync } from 'node:crypto';

import { decrypt, encrypt, keyBytes } from './aes-gcm.js';
import type { MasterKey } from './master-key.js';
import { isWeakKey } from './weak-key.js';

/** The master key can't be had, or must not be used. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
}

/** A master key of 32 random bytes that this process holds in its memory. */
export class LocalMasterKey implements MasterKey {
  readonly id: string;
  readonly #wrapping: Buffer;
  readonly #root: Buffer;

  protected constructor(root: Buffer) {
    if (root.length !== keyBytes) {
      throw new MasterKeyUnusable(`a master key must hold ${keyBytes} bytes`);
    }
    if (isWeakKey(root)) {
      throw new MasterKeyUnusable('the master key is no random one; make one with `openssl rand -base64 32`');
    }
    this.#root = root;
    this.#wrapping = derived(root, 'wrap');
    this.id = createHash('sha256').update(derived(root, 'id')).digest('hex').slice(0, 16);
  }

  /**
   * @param text the key in base64
   * @throws MasterKeyUnusable
   */
  static fromText(text: string): LocalMasterKey {
    return new LocalMasterKey(Buffer.from(text, 'base64'));
  }

  async wrap(key: Buffer, context: string): Promise<string> {
    return encrypt(this.#wrapping, key, context);
  }

  async unwrap(wrapped: string, context: string): Promise<Buffer> {
    return decrypt(this.#wrapping, wrapped, context);
  }

  async derive(purpose: string): Promise<Buffer> {
    return derived(this.#root, `derive ${purpose}`);
  }
}

function derived(root: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `spean master key: ${info}`, keyBytes));
}
