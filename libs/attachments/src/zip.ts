import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

import { FileRefused } from './refused.js';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const longestComment = 0xffff;

const mostEntries = 1000;
/** Bytes of all files of an archive together, unpacked. */
const mostUnpacked = 50 * 1024 * 1024;

interface Entry {
  name: string;
  method: number;
  packed: Buffer;
}

/**
 * Unpacks all files of a ZIP archive, counting as it goes: what the archive says of their sizes is not believed.
 *
 * @returns contents of the files by name; those that nobody wants are unpacked and dropped
 * @throws FileRefused
 */
export async function unpack(zip: Buffer, wanted: readonly string[]): Promise<Map<string, Buffer | undefined>> {
  const files = new Map<string, Buffer | undefined>();
  let left = mostUnpacked;
  for (const entry of readingFrom(zip, entriesOf)) {
    const content = await contentOf(entry, left);
    left -= content.length;
    if (files.has(entry.name)) throw new FileRefused('damaged');
    files.set(entry.name, wanted.includes(entry.name) ? content : undefined);
  }
  return files;
}

async function contentOf({ method, packed }: Entry, left: number): Promise<Buffer> {
  if (method === 0) return within(packed, left);
  if (method !== 8) throw new FileRefused('damaged');
  try {
    return await promisify(inflateRaw)(packed, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new FileRefused(tooLarge ? 'unpacks_too_large' : 'damaged', { cause: error });
  }
}

function within(content: Buffer, left: number): Buffer {
  if (content.length > left) throw new FileRefused('unpacks_too_large');
  return content;
}

function entriesOf(zip: Buffer): Entry[] {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > mostEntries) throw new FileRefused('unpacks_too_large');
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let number = 0; number < count; number += 1) {
    if (zip.readUInt32LE(at) !== entrySignature) throw new FileRefused('damaged');
    const nameEnd = at + entryBytes + zip.readUInt16LE(at + 28);
    entries.push(entryAt(zip, at, zip.toString('utf8', at + entryBytes, nameEnd)));
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(zip: Buffer, at: number, name: string): Entry {
  const [flags, packedSize, local] = [zip.readUInt16LE(at + 8), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
  if ((flags & 1) === 1) throw new FileRefused('damaged');
  if (zip.readUInt32LE(local) !== localSignature) throw new FileRefused('damaged');
  const from = local + localBytes + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (from + packedSize > zip.length) throw new FileRefused('damaged');
  return { name, method: zip.readUInt16LE(at + 10), packed: zip.subarray(from, from + packedSize) };
}

/** The end record stands before a comment of any length. */
function endOf(zip: Buffer): number {
  const earliest = Math.max(0, zip.length - endBytes - longestComment);
  for (let at = zip.length - endBytes; at >= earliest; at -= 1) {
    if (zip.readUInt32LE(at) === endSignature) return at;
  }
  throw new FileRefused('damaged');
}

/** Offsets that lead out of the archive are damage like any other. */
function readingFrom<Result>(zip: Buffer, read: (zip: Buffer) => Result): Result {
  try {
    return read(zip);
  } catch (error) {
    throw error instanceof RangeError ? new FileRefused('damaged', { cause: error }) : error;
  }
}
