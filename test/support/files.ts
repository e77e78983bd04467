import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** Synthetic files of every kind, made here so that none has to be kept. */
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

/** Where a synthetic picture says that it was made. */
export const pictureSecret = 'GPS 11.5564N 104.9282E';

export function png(): Buffer {
  const header = Buffer.from('00000001000000010800000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('tEXt', Buffer.from(`Comment\0${pictureSecret}`)),
    pngChunk('eXIf', Buffer.from(pictureSecret)),
    pngChunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    pngChunk('IEND', Buffer.alloc(0)),
    Buffer.from(pictureSecret),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

/** The segments of a JPEG, in their order; its scan is no picture, only shaped like one. */
export function jpeg(): Buffer {
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    segment(0xe1, Buffer.from(`Exif\0\0${pictureSecret}`)),
    segment(0xfe, Buffer.from(pictureSecret)),
    segment(0xc0, Buffer.from('0800010001010111', 'hex')),
    segment(0xda, Buffer.from('0101003f00', 'hex')),
    Buffer.from('1234ff00ffd056', 'hex'),
    segment(0xed, Buffer.from(pictureSecret)),
    segment(0xda, Buffer.from('0101003f00', 'hex')),
    Buffer.from('78', 'hex'),
    Buffer.from('ffd9', 'hex'),
    Buffer.from(pictureSecret),
  ]);
}

const segment = (marker: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), uint16BE(data.length + 2), data]);

export const docx = (more: Record<string, Buffer | string> = {}): Buffer =>
  zip({
    '[Content_Types].xml':
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    'word/document.xml': '<document>synthetic</document>',
    ...more,
  });

export const odt = (): Buffer =>
  zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<content>synthetic</content>' });

/** @param told what the archive says of the size of each file, where it does not tell the truth */
export function zip(files: Record<string, Buffer | string>, told?: number): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const clear = Buffer.from(content);
    const packed = deflateRawSync(clear);
    const [crc, size] = [uint32LE(crc32(clear)), uint32LE(told ?? clear.length)];
    const common = [uint16(20), uint16(0), uint16(8), uint32LE(0), crc, uint32LE(packed.length), size];
    const local = [uint32LE(0x04034b50), ...common, uint16(name.length), uint16(0), Buffer.from(name), packed];
    const rest = [uint16(name.length), Buffer.alloc(12), uint32LE(offset), Buffer.from(name)];
    entries.push(Buffer.concat([uint32LE(0x02014b50), uint16(20), ...common, ...rest]));
    locals.push(Buffer.concat(local));
    offset += locals.at(-1)?.length ?? 0;
  }
  const directory = Buffer.concat(entries);
  const count = uint16(entries.length);
  const end = [
    uint32LE(0x06054b50),
    uint32LE(0),
    count,
    count,
    uint32LE(directory.length),
    uint32LE(offset),
    uint16(0),
  ];
  return Buffer.concat([...locals, directory, ...end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const uint32LE = (value: number): Buffer => uint32(value).reverse();
const uint16 = (value: number): Buffer => uint32LE(value).subarray(0, 2);
const uint16BE = (value: number): Buffer => uint32(value).subarray(2);
