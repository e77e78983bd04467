import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Instant } from '#libs/calendar';
import type { ErasureReason } from '#libs/cases';

/** A child who was forgotten, by ids alone. */
export interface Erasure {
  erasureId: string;
  /** Records of the child; the first is the one on which two people agreed. */
  people: [string, ...string[]];
  cases: string[];
  because: ErasureReason;
  proposedBy: string;
  approvedBy: string;
  at: Instant;
}

/** No file is named in which erasures are kept outside the database: a restore would bring the child back. */
export class ErasureLedgerMissing extends Error {
  override readonly name = 'ErasureLedgerMissing';
}

/** Who was forgotten, line by line in a file outside the database, to be done again after a restore. */
export class ErasureLedger {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves when the line is on the disk. */
  async add(erasure: Erasure): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    const file = await open(this.#file, 'a', 0o600);
    try {
      await file.appendFile(`${JSON.stringify(erasure)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** All of them, the oldest first; one that was written twice comes once. A line cut off in the middle is none. */
  async all(): Promise<Erasure[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    const lines = text.split('\n').slice(0, -1);
    const erasures = lines.map((line) => JSON.parse(line) as Erasure);
    return [...new Map(erasures.map((each) => [each.erasureId, each])).values()];
  }
}
