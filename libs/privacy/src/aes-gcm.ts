import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export const keyBytes = 32;
const ivBytes = 12;
/** Named on both sides: without it Node accepts a tag cut down to 4 bytes, which can be guessed. */
const authTagLength = 16;
const algorithm = 'aes-256-gcm';

/** The parts of a ciphertext, `iv.tag.ct`, each in base64url. */
export function encrypt(key: Buffer, plain: Buffer, associated: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength }).setAAD(Buffer.from(associated));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.');
}

/** @throws when any part was changed, shortened, or belongs to another key or other associated data. */
export function decrypt(key: Buffer, sealed: string, associated: string): Buffer {
  const [iv, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (iv?.length !== ivBytes || tag?.length !== authTagLength || text === undefined) {
    throw new Error('not a ciphertext');
  }
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength }).setAAD(Buffer.from(associated));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}
