import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ForeignSystem } from '#libs/cases';
import { FileRefused } from './errors.js';
import { writeWhole } from './sink.js';

export type FileFormat = 'csv' | 'xlsx' | 'json';

/** What lies beside a file of records and says what it is. It holds nothing of any child. */
export interface Manifest {
  readonly file: string;
  readonly system: ForeignSystem;
  readonly format: FileFormat;
  /** Records in the file, and rows of services in them. */
  readonly records: number;
  readonly services: number;
  /** Cases that were left out for want of a consent to share with that system. */
  readonly withheld: number;
  /** Cases that could not be put into that shape, or did not fit into the file. */
  readonly failed: number;
  readonly bytes: number;
  readonly sha256: string;
  /** When the file was written. */
  readonly at: string;
}

const beside = (path: string): string => `${path}.manifest.json`;

export async function writeManifest(path: string, manifest: Omit<Manifest, 'file'>): Promise<void> {
  const text = `${JSON.stringify({ file: basename(path), ...manifest }, null, 2)}\n`;
  await writeWhole(beside(path), (write) => write(text));
}

/**
 * Compares a file with the manifest beside it; a file without one is taken as it is.
 *
 * @throws FileRefused when the file is another one than the manifest tells of
 */
export async function checkManifest(path: string): Promise<void> {
  const text = await readFile(beside(path), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  if (sumIn(text) !== (await sumOf(path))) throw new FileRefused('the file is not the one that its manifest tells of');
}

function sumIn(text: string): unknown {
  try {
    return (JSON.parse(text) as Partial<Manifest> | null)?.sha256;
  } catch {
    return undefined;
  }
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
