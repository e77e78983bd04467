import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/** Where the bytes of a file go, one piece after the other. */
export type Write = (piece: string | Buffer) => Promise<void>;

export interface Written {
  readonly bytes: number;
  /** SHA-256 of all bytes, in hex. */
  readonly sha256: string;
}

const bufferSize = 64 * 1024;

/**
 * Writes a file piece by piece, readable by its owner alone. It stands under another name until it is whole, so that a
 * half one is never taken for the whole; when `fill` throws, nothing is left.
 */
export async function writeWhole(path: string, fill: (write: Write) => Promise<void>): Promise<Written> {
  const part = `${path}.part`;
  const file = await open(part, 'w', 0o600);
  try {
    const written = await filled(file, fill);
    await file.close();
    await rename(part, path);
    return written;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

async function filled(file: FileHandle, fill: (write: Write) => Promise<void>): Promise<Written> {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let size = 0;
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (size > 0) await file.writeFile(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  };
  await fill(async (piece) => {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    hash.update(chunk);
    bytes += chunk.length;
    waiting.push(chunk);
    size += chunk.length;
    if (size >= bufferSize) await flush();
  });
  await flush();
  return { bytes, sha256: hash.digest('hex') };
}
