const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that say how the picture looks; all others tell of where and by whom it was made. */
const pngKept = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs'];

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, pngSignature.length).equals(pngSignature);

export const isJpeg = (bytes: Buffer): boolean =>
  bytes.length > 3 && bytes[0] === 0xff && bytes[1] === soi && bytes[2] === 0xff;

/** A PNG without texts, EXIF and whatever stands behind its end; undefined when it is damaged. */
export function strippedPng(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [pngSignature];
  for (let at = pngSignature.length; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || (parts.length === 1 && type !== 'IHDR')) return undefined;
    if (pngKept.includes(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  return undefined;
}

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const comment = 0xfe;
const jfif = 0xe0;
/** Adobe's colour transform: without it, colours are read wrongly. */
const adobe = 0xee;

/** A JPEG without EXIF, XMP, comments and whatever stands behind its end; undefined when it is damaged. */
export function strippedJpeg(bytes: Buffer): Buffer | undefined {
  const parts = [bytes.subarray(0, 2)];
  let scanned = false;
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === eoi) return scanned ? Buffer.concat([...parts, bytes.subarray(at, at + 2)]) : undefined;
    if (at + 4 > bytes.length) return undefined;
    const header = at + 2 + bytes.readUInt16BE(at + 2);
    const end = marker === sos ? endOfScan(bytes, header) : header;
    if (end > bytes.length || header < at + 4) return undefined;
    scanned ||= marker === sos;
    if (!isMetadata(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

const isMetadata = (marker: number): boolean =>
  marker === comment || (marker > jfif && marker <= 0xef && marker !== adobe);

/** Within a scan, 0xff stands before 0 where it means itself, and before the marks that the decoder restarts at. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length + 1;
}
