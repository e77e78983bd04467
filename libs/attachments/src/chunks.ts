import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of clear text in each chunk but the last. */
export const chunkBytes = 64 * 1024;

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const authTagLength = 16;
const sealedBytes = ivBytes + chunkBytes + authTagLength;

/** A file was changed, cut, put together anew, or belongs to another attachment or child. */
export class AttachmentBroken extends Error {
  override readonly name = 'AttachmentBroken';
}

/** Seals a file chunk by chunk: each is tied to its attachment and its place, and the last one says that it is the last. */
export function* sealChunks(key: Buffer, attachmentId: string, clear: Buffer): Generator<Buffer> {
  const count = Math.max(1, Math.ceil(clear.length / chunkBytes));
  for (let number = 0; number < count; number += 1) {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, key, iv, { authTagLength });
    cipher.setAAD(associated(attachmentId, number, number === count - 1));
    const part = clear.subarray(number * chunkBytes, (number + 1) * chunkBytes);
    yield Buffer.concat([iv, cipher.update(part), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @throws AttachmentBroken */
export function openChunks(key: Buffer, attachmentId: string, sealed: Buffer): Buffer {
  const count = Math.ceil(sealed.length / sealedBytes);
  const parts: Buffer[] = [];
  for (let number = 0; number < count; number += 1) {
    const chunk = sealed.subarray(number * sealedBytes, (number + 1) * sealedBytes);
    parts.push(openChunk(key, associated(attachmentId, number, number === count - 1), chunk));
  }
  if (parts.length === 0) throw new AttachmentBroken('an attachment is empty');
  return Buffer.concat(parts);
}

function openChunk(key: Buffer, associatedData: Buffer, chunk: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(algorithm, key, chunk.subarray(0, ivBytes), { authTagLength });
    decipher.setAAD(associatedData);
    decipher.setAuthTag(chunk.subarray(-authTagLength));
    return Buffer.concat([decipher.update(chunk.subarray(ivBytes, -authTagLength)), decipher.final()]);
  } catch (error) {
    throw new AttachmentBroken('an attachment does not open', { cause: error });
  }
}

const associated = (attachmentId: string, number: number, last: boolean): Buffer =>
  Buffer.from(`${attachmentId}|${number}|${last ? 'last' : 'more'}`);
