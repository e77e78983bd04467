import type * as Pkcs11 from 'pkcs11js';

import { MasterKeyUnusable } from './local-master-key.js';

/** Where a key lies: a module of its maker, a token that the module reaches, and labels on it. */
export interface TokenPlace {
  readonly module: string;
  readonly token: string;
  readonly key: string;
  readonly pin: string;
}

const keyBytes = 32;
const ivBits = 96;
const tagBytes = 16;

/** A logged-in session with a token. Its calls block, so no two of this process are ever under way at once. */
export class Pkcs11Session {
  readonly #pkcs11: typeof Pkcs11;
  readonly #module: Pkcs11.PKCS11;
  readonly #session: Pkcs11.Handle;

  private constructor(pkcs11: typeof Pkcs11, module: Pkcs11.PKCS11, session: Pkcs11.Handle) {
    this.#pkcs11 = pkcs11;
    this.#module = module;
    this.#session = session;
  }

  /** @throws MasterKeyUnusable */
  static async open({ module: file, token, pin }: TokenPlace): Promise<Pkcs11Session> {
    const pkcs11 = await load();
    const module = new pkcs11.PKCS11();
    try {
      module.load(file);
      initialise(pkcs11, module);
      const slot = module.C_GetSlotList(true).find((each) => module.C_GetTokenInfo(each).label.trim() === token);
      if (slot === undefined) throw new Error(`no token is labelled ${token}`);
      const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
      logIn(pkcs11, module, session, pin);
      return new Pkcs11Session(pkcs11, module, session);
    } catch (error) {
      throw new MasterKeyUnusable('the PKCS#11 token cannot be used', { cause: error });
    }
  }

  findAesKey(label: string): Pkcs11.Handle | undefined {
    return this.#find(label, this.#pkcs11.CKK_AES);
  }

  findHmacKey(label: string): Pkcs11.Handle | undefined {
    return this.#find(label, this.#pkcs11.CKK_GENERIC_SECRET);
  }

  /** Makes a key that encrypts and decrypts, and never leaves the token. */
  createAesKey(label: string): Pkcs11.Handle {
    const { CKM_AES_KEY_GEN, CKK_AES, CKA_ENCRYPT, CKA_DECRYPT } = this.#pkcs11;
    return this.#create(label, CKM_AES_KEY_GEN, CKK_AES, [CKA_ENCRYPT, CKA_DECRYPT]);
  }

  /** Makes a key that digests are keyed with, and never leaves the token. */
  createHmacKey(label: string): Pkcs11.Handle {
    const { CKM_GENERIC_SECRET_KEY_GEN, CKK_GENERIC_SECRET, CKA_SIGN } = this.#pkcs11;
    return this.#create(label, CKM_GENERIC_SECRET_KEY_GEN, CKK_GENERIC_SECRET, [CKA_SIGN]);
  }

  isExtractable(key: Pkcs11.Handle): boolean {
    const [attribute] = this.#module.C_GetAttributeValue(this.#session, key, [{ type: this.#pkcs11.CKA_EXTRACTABLE }]);
    return Buffer.from(attribute?.value as Buffer).readUInt8() !== 0;
  }

  /** AES-GCM on the token; the tag stands behind the text. */
  encrypt(key: Pkcs11.Handle, iv: Buffer, plain: Buffer, associated: Buffer): Buffer {
    this.#module.C_EncryptInit(this.#session, this.#gcm(iv, associated), key);
    return this.#module.C_Encrypt(this.#session, plain, Buffer.alloc(plain.length + tagBytes));
  }

  decrypt(key: Pkcs11.Handle, iv: Buffer, text: Buffer, associated: Buffer): Buffer {
    this.#module.C_DecryptInit(this.#session, this.#gcm(iv, associated), key);
    return this.#module.C_Decrypt(this.#session, text, Buffer.alloc(text.length));
  }

  hmac(key: Pkcs11.Handle, text: string): Buffer {
    this.#module.C_SignInit(this.#session, { mechanism: this.#pkcs11.CKM_SHA256_HMAC }, key);
    return this.#module.C_Sign(this.#session, Buffer.from(text), Buffer.alloc(keyBytes));
  }

  #gcm(iv: Buffer, aad: Buffer): Pkcs11.Mechanism {
    const { CKM_AES_GCM, CK_PARAMS_AES_GCM_v240: type } = this.#pkcs11;
    const parameter: Pkcs11.AesGCM = { type, iv, ivBits, aad, tagBits: tagBytes * 8 };
    return { mechanism: CKM_AES_GCM, parameter };
  }

  #find(label: string, keyType: number): Pkcs11.Handle | undefined {
    const { CKA_CLASS, CKO_SECRET_KEY, CKA_KEY_TYPE, CKA_LABEL } = this.#pkcs11;
    this.#module.C_FindObjectsInit(this.#session, [
      { type: CKA_CLASS, value: CKO_SECRET_KEY },
      { type: CKA_KEY_TYPE, value: keyType },
      { type: CKA_LABEL, value: label },
    ]);
    try {
      return this.#module.C_FindObjects(this.#session) ?? undefined;
    } finally {
      this.#module.C_FindObjectsFinal(this.#session);
    }
  }

  #create(label: string, mechanism: number, keyType: number, uses: readonly number[]): Pkcs11.Handle {
    const { CKA_CLASS, CKO_SECRET_KEY, CKA_KEY_TYPE, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL } = this.#pkcs11;
    const { CKA_VALUE_LEN, CKA_SENSITIVE, CKA_EXTRACTABLE } = this.#pkcs11;
    return this.#module.C_GenerateKey(this.#session, { mechanism }, [
      { type: CKA_CLASS, value: CKO_SECRET_KEY },
      { type: CKA_KEY_TYPE, value: keyType },
      { type: CKA_TOKEN, value: true },
      { type: CKA_PRIVATE, value: true },
      { type: CKA_LABEL, value: label },
      { type: CKA_VALUE_LEN, value: keyBytes },
      { type: CKA_SENSITIVE, value: true },
      { type: CKA_EXTRACTABLE, value: false },
      ...uses.map((type) => ({ type, value: true })),
    ]);
  }
}

/** The package is optional: only installations with a hardware module need a compiler to install it. */
async function load(): Promise<typeof Pkcs11> {
  try {
    const { default: pkcs11 } = (await import('pkcs11js')) as unknown as { default: typeof Pkcs11 };
    return pkcs11;
  } catch (error) {
    throw new MasterKeyUnusable('the package pkcs11js is not installed, which a PKCS#11 master key needs', {
      cause: error,
    });
  }
}

/** A module is initialised once in a process, a token logged into once; whoever comes later finds it done. */
function initialise({ CKR_CRYPTOKI_ALREADY_INITIALIZED }: typeof Pkcs11, module: Pkcs11.PKCS11): void {
  unlessDone(CKR_CRYPTOKI_ALREADY_INITIALIZED, () => module.C_Initialize());
}

function logIn(pkcs11: typeof Pkcs11, module: Pkcs11.PKCS11, session: Pkcs11.Handle, pin: string): void {
  unlessDone(pkcs11.CKR_USER_ALREADY_LOGGED_IN, () => module.C_Login(session, pkcs11.CKU_USER, pin));
}

function unlessDone(done: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if ((error as { code?: number }).code !== done) throw error;
  }
}
