import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import { Random } from '../random.js';
import { recordedChildren, recordSets, type RecordedChild, type RecordSet } from './children.js';
import { oscarRecord } from './oscar.js';
import { primeroRecord } from './primero.js';
import { rosterColumns, rosterRow } from './roster.js';

/** The most that one file holds: as many cases as the exchange hands over at once. */
const PAGE = 10_000;

export interface WrittenRecords {
  children: number;
  primero: number;
  oscar: number;
  roster: number;
  files: string[];
}

/**
 * Writes a set as files that `import primero`, `import oscar` and `roster import` take in, and beside them the truth: one
 * line a child, with what was spoiled on the way. The same seed writes the same bytes.
 */
export async function writeRecords(
  name: keyof typeof recordSets,
  seed: number,
  folder: string,
): Promise<WrittenRecords> {
  return writeSet(recordSets[name], new Random(`records/${name}/${seed}`), folder);
}

export async function writeSet(set: RecordSet, random: Random, folder: string): Promise<WrittenRecords> {
  await mkdir(folder, { recursive: true });
  const pages = { primero: new Pages(folder, 'primero'), oscar: new Pages(folder, 'oscar') };
  const roster = new Lines(folder, 'roster.csv');
  const truth = new Lines(folder, 'truth.ndjson');
  const written = { children: 0, primero: 0, oscar: 0, roster: 0 };
  await roster.add(rosterColumns.join(','));
  for (const recorded of recordedChildren(set, random)) {
    written.children += 1;
    for (const system of recorded.systems) {
      const record = system === 'primero' ? primeroRecord(recorded) : oscarRecord(recorded);
      for (const message of messagesOf(record, recorded)) {
        written[system] += 1;
        await pages[system].add(message);
      }
    }
    if (recorded.pathway === 'C_REINTEGRATION') {
      written.roster += 1;
      await roster.add(rosterRow(recorded).join(','));
    }
    await truth.add(JSON.stringify(truthOf(recorded)));
  }
  const files = [...(await pages.primero.end()), ...(await pages.oscar.end()), await roster.end(), await truth.end()];
  return { ...written, files };
}

/** Six in a hundred messages come twice, two with an older one after them, and one in two hundred never. */
function messagesOf(record: Record<string, unknown>, { dirt, registeredAt }: RecordedChild): Record<string, unknown>[] {
  if (dirt.happens(0.5, 'message lost')) return [];
  if (dirt.happens(6, 'message repeated')) return [record, record];
  const older = { ...record, risk_level: 'low', last_updated_at: registeredAt };
  // Only Primero says when a record was changed, so only there anybody can tell which one is older.
  return 'last_updated_at' in record && dirt.happens(2, 'message out of order') ? [record, older] : [record];
}

function truthOf({ number, child, systems, linked, besides, dirt }: RecordedChild) {
  return { synthetic: true, number, child: child.personId, systems, linked, besides, defects: dirt.defects };
}

/** A file of lines. */
class Lines {
  readonly #name: string;
  readonly #stream: WriteStream;

  constructor(folder: string, name: string) {
    this.#name = name;
    this.#stream = createWriteStream(path.join(folder, name), { mode: 0o600 });
  }

  async add(line: string): Promise<void> {
    if (!this.#stream.write(`${line}\n`)) await once(this.#stream, 'drain');
  }

  async end(): Promise<string> {
    this.#stream.end();
    await finished(this.#stream);
    return this.#name;
  }
}

/** Files in the shape in which the two systems hand over lists, each of no more than a page. */
class Pages {
  readonly #folder: string;
  readonly #system: string;
  readonly #files: string[] = [];
  #page: Lines | undefined;
  #count = 0;

  constructor(folder: string, system: string) {
    this.#folder = folder;
    this.#system = system;
  }

  async add(record: Record<string, unknown>): Promise<void> {
    if (this.#count === PAGE) await this.#close();
    const isFirst = this.#page === undefined;
    this.#page ??= new Lines(this.#folder, `${this.#system}-${this.#files.length + 1}.json`);
    if (isFirst) await this.#page.add('{"data":[');
    await this.#page.add(`${isFirst ? '' : ','}${JSON.stringify(record)}`);
    this.#count += 1;
  }

  async end(): Promise<string[]> {
    await this.#close();
    return this.#files;
  }

  async #close(): Promise<void> {
    if (this.#page === undefined) return;
    await this.#page.add(']}');
    this.#files.push(await this.#page.end());
    this.#page = undefined;
    this.#count = 0;
  }
}
