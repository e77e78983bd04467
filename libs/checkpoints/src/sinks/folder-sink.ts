import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { writeCheckpoint, type SignedCheckpoint } from '../checkpoint.js';
import type { CheckpointSink } from './sink.js';

/** Another checkpoint with the same number is there already: one of the two was made from a log that was set back. */
export class CheckpointDiffers extends Error {
  override readonly name = 'CheckpointDiffers';
}

const shape = /^checkpoint-(\d{8,})\.json$/;

export const checkpointFile = (sequence: number): string => `checkpoint-${String(sequence).padStart(8, '0')}.json`;

/** The number in the name of a file, or undefined when it is not named like one. */
export function sequenceOf(file: string): number | undefined {
  const [, digits] = shape.exec(path.basename(file)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A folder, mounted from another host: a file for each checkpoint, never written over. It must be there already. */
export class FolderSink implements CheckpointSink {
  readonly name: string;
  readonly fromTheFirst = true;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.name = `folder ${folder}`;
  }

  /** @throws CheckpointDiffers, and what the file system says */
  async deliver(sequence: number, checkpoint: SignedCheckpoint): Promise<void> {
    const file = path.join(this.#folder, checkpointFile(sequence));
    const draft = path.join(this.#folder, `.${checkpointFile(sequence)}.${randomBytes(6).toString('hex')}`);
    const text = writeCheckpoint(checkpoint);
    try {
      await writeDurably(draft, text);
      await link(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if ((await readFile(file, 'utf8')) !== text)
        throw new CheckpointDiffers('another one is there', { cause: error });
    } finally {
      await rm(draft, { force: true });
    }
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const draft = await open(file, 'wx', 0o644);
  try {
    await draft.writeFile(text);
    await draft.sync();
  } finally {
    await draft.close();
  }
}
