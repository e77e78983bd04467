import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { access, link, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { checkpointIn, type SignedCheckpoint } from './checkpoint.js';

/** Read by its owner alone. */
const fileMode = 0o600;
const othersMayRead = 0o077;

/** The key file is missing, readable by others, or holds no Ed25519 key. */
export class SigningKeyUnusable extends Error {
  override readonly name = 'SigningKeyUnusable';
}

/** The Ed25519 key that signs checkpoints: a PEM file outside the database, so that its owner cannot sign a lie. */
export class SigningKey {
  readonly publicKey: PublicKey;
  readonly #key: KeyObject;

  private constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = new PublicKey(createPublicKey(key));
  }

  /**
   * @param mayCreate whether a missing file is made. Never in production, where whoever checks must know the key before.
   * @throws SigningKeyUnusable
   */
  static async open(path: string, { mayCreate }: { mayCreate: boolean }): Promise<SigningKey> {
    if (mayCreate) await createUnlessThere(path);
    return new SigningKey(ed25519(await readOwn(path), createPrivateKey));
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64');
  }
}

/** What checkpoints are checked with; not secret, but to be had from somewhere else than the database's owner. */
export class PublicKey {
  /** First half of the SHA-256 over the key. */
  readonly id: string;
  readonly #key: KeyObject;

  constructor(key: KeyObject) {
    this.#key = key;
    this.id = createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('hex')
      .slice(0, 32);
  }

  /** @throws SigningKeyUnusable */
  static fromPem(pem: string): PublicKey {
    return new PublicKey(ed25519(pem, createPublicKey));
  }

  get pem(): string {
    return this.#key.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** Whether this very text was signed with the other half of this key. */
  verifies(checkpoint: SignedCheckpoint): boolean {
    const { signed, signature } = checkpoint;
    return (
      checkpointIn(checkpoint).key === this.id &&
      verify(null, Buffer.from(signed), this.#key, Buffer.from(signature, 'base64'))
    );
  }
}

function ed25519(pem: string, create: (pem: string) => KeyObject): KeyObject {
  const key = attempt(() => create(pem));
  if (key?.asymmetricKeyType !== 'ed25519') throw new SigningKeyUnusable('the file holds no Ed25519 key in PEM');
  return key;
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

async function readOwn(path: string): Promise<string> {
  const file = await open(path).catch((error: unknown) => {
    throw new SigningKeyUnusable('the signing key file cannot be opened', { cause: error });
  });
  try {
    const { mode } = await file.stat();
    if ((mode & othersMayRead) !== 0) {
      throw new SigningKeyUnusable('the signing key file must be readable by its owner alone (mode 0600)');
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Written in full under another name and linked into place: of several first starts at once, one key wins. */
async function createUnlessThere(path: string): Promise<void> {
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: fileMode, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
