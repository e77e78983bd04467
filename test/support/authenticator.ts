import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/** What the two kinds of WebAuthn options have in common, as far as this authenticator looks. */
interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
}

interface Behaviour {
  /** Where the browser is, which signs that along. */
  readonly origin?: string;
  /** Whether it asked for a fingerprint. */
  readonly verifiesUser?: boolean;
}

const userPresent = 0x01;
const userVerified = 0x04;
const holdsCredential = 0x40;

/** An authenticator with one passkey (ES256), made of software, which does what a test tells it to. */
export class Authenticator {
  readonly id = randomBytes(32);
  readonly #key: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;

  constructor(private readonly origin: string) {}

  /** `navigator.credentials.create` */
  create({ challenge, rp }: Options, behaviour: Behaviour = {}): object {
    const credential = Buffer.concat([Buffer.alloc(16), length16(this.id), this.id, this.#coseKey()]);
    const data = Buffer.concat([this.#head(rp?.id ?? '', holdsCredential, behaviour), credential]);
    const attestation = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(data)],
    ]);
    return this.#answer({
      clientDataJSON: base64url(this.#clientData('webauthn.create', challenge, behaviour)),
      attestationObject: base64url(attestation),
      transports: ['internal'],
    });
  }

  /** `navigator.credentials.get` */
  get({ challenge, rpId = '' }: Options, behaviour: Behaviour = {}): object {
    this.#counter += 1;
    const client = this.#clientData('webauthn.get', challenge, behaviour);
    const data = this.#head(rpId, 0, behaviour);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return this.#answer({
      clientDataJSON: base64url(client),
      authenticatorData: base64url(data),
      signature: base64url(createSign('sha256').update(signed).sign(this.#key.privateKey)),
    });
  }

  /** As a copy of it would that was made before it was used last. */
  forgetLastUse(): void {
    this.#counter -= 1;
  }

  #answer(response: object): object {
    const id = base64url(this.id);
    return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string, { origin = this.origin }: Behaviour): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #head(party: string, flags: number, { verifiesUser = true }: Behaviour): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const all = flags | userPresent | (verifiesUser ? userVerified : 0);
    return Buffer.concat([createHash('sha256').update(party).digest(), Buffer.from([all]), counter]);
  }

  /** Key type EC2 (1: 2), algorithm ES256 (3: -7), curve P-256 (-1: 1), the point (-2, -3). */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    return map([
      [integer(1), integer(2)],
      [integer(3), integer(-7)],
      [integer(-1), integer(1)],
      [integer(-2), bytes(Buffer.from(x, 'base64url'))],
      [integer(-3), bytes(Buffer.from(y, 'base64url'))],
    ]);
  }
}

const base64url = (data: Buffer): string => data.toString('base64url');

function length16({ length }: Buffer): Buffer {
  const two = Buffer.alloc(2);
  two.writeUInt16BE(length);
  return two;
}

/** CBOR (RFC 8949): a major type and a number, in the shortest form that is needed here. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  return value < 256
    ? Buffer.from([(major << 5) | 24, value])
    : Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (pairs: (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
