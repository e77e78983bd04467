import { createCipheriv, createDecipheriv, randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const format = 'spean export 1';
const authTagLength = 16;

/** About a tenth of a second and 32 MB for each guess (OWASP's least for scrypt). */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** An encrypted export, as it is handed out; docs/exports.md describes it for whoever reads it with other tools. */
export interface ExportFile {
  readonly format: typeof format;
  readonly export: string;
  readonly kdf: {
    readonly name: 'scrypt';
    readonly N: number;
    readonly r: number;
    readonly p: number;
    readonly salt: string;
  };
  readonly iv: string;
  /** Ciphertext, then the tag of 16 bytes. */
  readonly data: string;
}

/** The passphrase is wrong, or the file was changed. */
export class ExportNotOpened extends Error {
  override readonly name = 'ExportNotOpened';
}

export const newSalt = (): string => randomBytes(16).toString('base64');

/** @param passphrase in any script; typed on another keyboard it may be composed otherwise */
export function keyOf(passphrase: string, salt: string): Promise<Buffer> {
  const maxmem = 256 * cost.N * cost.r;
  return derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, { ...cost, maxmem });
}

export function encryptExport(text: string, { id, key, salt }: { id: string; key: Buffer; salt: string }): ExportFile {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength }).setAAD(Buffer.from(id));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const kdf = { name: 'scrypt', ...cost, salt } as const;
  return { format, export: id, kdf, iv: iv.toString('base64'), data: data.toString('base64') };
}

/** @throws ExportNotOpened */
export async function openExport({ export: id, kdf, iv, data }: ExportFile, passphrase: string): Promise<string> {
  const key = await keyOf(passphrase, kdf.salt);
  const bytes = Buffer.from(data, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength });
    decipher.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(-authTagLength));
    return Buffer.concat([decipher.update(bytes.subarray(0, -authTagLength)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new ExportNotOpened('the passphrase is wrong, or the file was changed', { cause: error });
  }
}
