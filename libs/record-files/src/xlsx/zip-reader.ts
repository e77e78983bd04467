import { inflateRawSync } from 'node:zlib';
import { FileRefused } from '../errors.js';

const endOfDirectory = Buffer.from('504b0506', 'hex');
/** What one entry may unfold to, in bytes: a small file must not fill the memory. */
const mostUnpacked = 512 * 1024 * 1024;

/**
 * The entries of a ZIP archive, unfolded when asked for. Sizes come from the directory at its end, whatever the entries
 * say of themselves.
 *
 * @throws FileRefused when it is no such archive, or an entry is too large
 */
export function zipEntries(archive: Buffer): Map<string, () => Buffer> {
  const end = archive.lastIndexOf(endOfDirectory);
  if (end < 0) throw new FileRefused('the file is no workbook');
  try {
    return read(archive, end);
  } catch {
    // A place outside the file: whoever wrote it, its directory is wrong.
    throw new FileRefused('the workbook is damaged');
  }
}

function read(archive: Buffer, end: number): Map<string, () => Buffer> {
  const entries = new Map<string, () => Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    entries.set(name, () => unfolded(archive.subarray(start, start + packed), method));
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function unfolded(content: Buffer, method: number): Buffer {
  if (method === 0) return content;
  try {
    return inflateRawSync(content, { maxOutputLength: mostUnpacked });
  } catch {
    throw new FileRefused('the workbook is damaged or too large');
  }
}
