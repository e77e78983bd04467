import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { Write } from '../sink.js';

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const version = 20;
/** Sizes follow the content, and names are UTF-8. */
const flags = 0x0808;
const deflated = 8;
/** Midnight of 1 January 1980, the first day that the format knows: the same content makes the same file. */
const day = 0x0021;
const largest = 0xffffffff;

/** A ZIP archive written from front to back, with nothing but one piece of one entry in memory. */
export class ZipWriter {
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(private readonly out: Write) {}

  /** @throws RangeError when the archive grows past four gigabytes */
  async add(name: string, content: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const offset = this.#offset;
    const entry = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, offset };
    await this.#put(localHeader(entry.name));
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const piece of content) {
        const chunk = Buffer.from(piece);
        entry.crc = crc32(chunk, entry.crc);
        entry.size += chunk.length;
        yield chunk;
      }
    };
    await pipeline(Readable.from(counted()), createDeflateRaw(), async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed) {
        entry.packed += chunk.length;
        await this.#put(chunk);
      }
    });
    await this.#put(numbers([4, 0x08074b50], [4, entry.crc], [4, entry.packed], [4, entry.size]));
    if (this.#offset > largest || entry.size > largest) throw new RangeError('the archive is larger than its format');
    this.#entries.push(entry);
  }

  async end(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#entries) await this.#put(directoryEntry(entry));
    const count = this.#entries.length;
    await this.#put(
      numbers(
        ...([
          [4, 0x06054b50],
          [2, 0],
          [2, 0],
          [2, count],
          [2, count],
        ] as const),
        ...([
          [4, this.#offset - start],
          [4, start],
          [2, 0],
        ] as const),
      ),
    );
  }

  async #put(chunk: Buffer): Promise<void> {
    this.#offset += chunk.length;
    await this.out(chunk);
  }
}

const localHeader = (name: Buffer): Buffer =>
  Buffer.concat([
    numbers(
      ...([
        [4, 0x04034b50],
        [2, version],
        [2, flags],
        [2, deflated],
        [2, 0],
        [2, day],
      ] as const),
      ...([
        [4, 0],
        [4, 0],
        [4, 0],
        [2, name.length],
        [2, 0],
      ] as const),
    ),
    name,
  ]);

const directoryEntry = ({ name, crc, packed, size, offset }: Entry): Buffer =>
  Buffer.concat([
    numbers(
      ...([
        [4, 0x02014b50],
        [2, version],
        [2, version],
        [2, flags],
        [2, deflated],
        [2, 0],
        [2, day],
      ] as const),
      ...([
        [4, crc],
        [4, packed],
        [4, size],
        [2, name.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
      ] as const),
      [4, offset],
    ),
    name,
  ]);

/** Numbers of two or four bytes, the least significant byte first. */
function numbers(...parts: readonly (readonly [size: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of parts) at = buffer.writeUIntLE(value, at, size);
  return buffer;
}
