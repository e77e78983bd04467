import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkpointIn, parseCheckpoint, type Checkpoint, type SignedCheckpoint } from './checkpoint.js';
import { sequenceOf } from './sinks/folder-sink.js';

export interface KeptCheckpoint extends SignedCheckpoint {
  readonly checkpoint: Checkpoint;
}

/**
 * The checkpoint in a file, and before it those that lie beside it under the names that a folder sink gives them, oldest
 * first. One that came by mail lies alone.
 *
 * @throws NotACheckpoint, and what the file system says
 */
export async function readCheckpoints(file: string): Promise<readonly [...KeptCheckpoint[], KeptCheckpoint]> {
  const last = await readOne(file);
  const folder = path.dirname(file);
  const beside = sequenceOf(file) === undefined ? [] : await readdir(folder);
  const earlier = beside.filter((each) => (sequenceOf(each) ?? Infinity) < last.checkpoint.sequence).sort();
  const before: KeptCheckpoint[] = [];
  for (const each of earlier) before.push(await readOne(path.join(folder, each)));
  return [...before, last];
}

async function readOne(file: string): Promise<KeptCheckpoint> {
  const kept = parseCheckpoint(await readFile(file, 'utf8'));
  return { ...kept, checkpoint: checkpointIn(kept) };
}
