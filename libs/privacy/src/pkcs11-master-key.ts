import { randomBytes } from 'node:crypto';
import type { Handle } from 'pkcs11js';

import { MasterKeyUnusable } from './local-master-key.js';
import type { MasterKey } from './master-key.js';
import { Pkcs11Session, type TokenPlace } from './pkcs11-session.js';

const ivBytes = 12;

/**
 * A master key in a hardware module, which does the wrapping: the key can't be taken out of it. A second key beside it,
 * labelled `<key>-derive`, makes keys for other purposes.
 */
export class Pkcs11MasterKey implements MasterKey {
  readonly id: string;
  readonly #session: Pkcs11Session;
  readonly #wrapping: Handle;
  readonly #deriving: Handle;

  private constructor(session: Pkcs11Session, wrapping: Handle, deriving: Handle) {
    this.#session = session;
    this.#wrapping = wrapping;
    this.#deriving = deriving;
    this.id = session.hmac(deriving, 'spean master key: id').toString('hex').slice(0, 16);
  }

  /**
   * @param mayCreate whether keys that are not on the token yet are made there
   * @throws MasterKeyUnusable
   */
  static async open(place: TokenPlace, { mayCreate }: { mayCreate: boolean }): Promise<Pkcs11MasterKey> {
    const session = await Pkcs11Session.open(place);
    const derivingLabel = `${place.key}-derive`;
    const wrapping = session.findAesKey(place.key) ?? (mayCreate ? session.createAesKey(place.key) : undefined);
    const deriving =
      session.findHmacKey(derivingLabel) ?? (mayCreate ? session.createHmacKey(derivingLabel) : undefined);
    if (wrapping === undefined || deriving === undefined) {
      throw new MasterKeyUnusable(
        `the PKCS#11 token holds no keys labelled ${place.key} and ${derivingLabel}; \`spean keys create\` makes them`,
      );
    }
    if (session.isExtractable(wrapping)) {
      throw new MasterKeyUnusable(`the key ${place.key} can be taken out of the PKCS#11 token`);
    }
    return new Pkcs11MasterKey(session, wrapping, deriving);
  }

  async wrap(key: Buffer, context: string): Promise<string> {
    const iv = randomBytes(ivBytes);
    const text = this.#session.encrypt(this.#wrapping, iv, key, Buffer.from(context));
    return [iv, text].map((part) => part.toString('base64url')).join('.');
  }

  async unwrap(wrapped: string, context: string): Promise<Buffer> {
    const [iv, text] = wrapped.split('.').map((part) => Buffer.from(part, 'base64url'));
    if (iv?.length !== ivBytes || text === undefined) {
      throw new Error('not a wrapped key');
    }
    return this.#session.decrypt(this.#wrapping, iv, text, Buffer.from(context));
  }

  async derive(purpose: string): Promise<Buffer> {
    return this.#session.hmac(this.#deriving, `spean master key: derive ${purpose}`);
  }
}
