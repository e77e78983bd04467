import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';

import { sha256, type Checkpoint } from './checkpoint.js';
import { differingStreams, type BadStream } from './head-line.js';
import { eventsRecordedBefore } from './late-events.js';
import { headsOfEvents } from './log-heads.js';
import type { KeptCheckpoint } from './read-checkpoints.js';
import type { PublicKey } from './signing-key.js';
import { headLines, readDigests } from './windows.js';

/** Something that is not as the checkpoint with this number says. */
export type CheckpointFault = { readonly checkpoint: number } & (
  | {
      readonly reason:
        /** No known key signed this text: the file itself was made up or changed. */
        | 'not signed'
        /** It does not follow the one before it. */
        | 'does not follow'
        /** Its lines are not those that were signed, so they name no stream. */
        | 'lines changed'
        /** The heads of all streams come to another root. */
        | 'root differs'
        /** Streams that grew before it differ, and it came without the lines that would name them. */
        | 'heads differ'
        /** Rows of the audit of reads were changed, taken out or put in. */
        | 'reads differ';
    }
  | BadStream
  /** Added after the checkpoint, but said to be recorded well before it. */
  | { readonly streamId: string; readonly version: number; readonly reason: 'backdated' }
);

export interface CheckpointVerification {
  readonly sequence: number;
  readonly takenAt: Instant;
  /** Checkpoints that were read: the one asked for and those before it. */
  readonly read: number;
  /** Numbers that are missing between them. */
  readonly missing: readonly number[];
  /** The first ones, a stream once; none when the log is what was signed. */
  readonly faults: readonly CheckpointFault[];
}

const mostFaults = 20;
/** Windows compared by one statement, so that none of them runs for long. */
const windowsAtOnce = 100;

/**
 * Compares the log with a signed checkpoint that was kept elsewhere, and with those before it: what the chains alone do
 * not show (ends cut off, histories rewritten with hashes that fit, streams taken out or put in, events backdated).
 * To be called within `Database.read`, and beside `verify`, which checks what was added since.
 *
 * @param checkpoints oldest first; the last is the one asked for
 */
export async function verifyCheckpoints(
  queries: Queryable,
  checkpoints: readonly [...KeptCheckpoint[], KeptCheckpoint],
  keys: readonly PublicKey[],
): Promise<CheckpointVerification> {
  const { checkpoint: asked } = checkpoints.at(-1) as KeptCheckpoint;
  const forged = unsigned(checkpoints, keys);
  const trusted = checkpoints.filter(
    ({ checkpoint }) => !forged.some((each) => each.checkpoint === checkpoint.sequence),
  );
  const faults = [
    ...forged,
    ...brokenLinks(checkpoints),
    ...(await windowFaults(queries, trusted)),
    ...(await rootFault(queries, asked)),
    ...(await backdated(queries, asked)),
  ];
  return {
    sequence: asked.sequence,
    takenAt: asked.takenAt,
    read: checkpoints.length,
    missing: missingBetween(checkpoints.map(({ checkpoint }) => checkpoint.sequence)),
    faults: eachStreamOnce(faults).slice(0, mostFaults),
  };
}

function unsigned(checkpoints: readonly KeptCheckpoint[], keys: readonly PublicKey[]): CheckpointFault[] {
  return checkpoints
    .filter((kept) => !keys.some((key) => key.verifies(kept)))
    .map(({ checkpoint }) => ({ checkpoint: checkpoint.sequence, reason: 'not signed' }));
}

function brokenLinks(checkpoints: readonly KeptCheckpoint[]): CheckpointFault[] {
  return checkpoints.slice(1).flatMap(({ checkpoint }, index) => {
    const before = checkpoints[index] as KeptCheckpoint;
    const next = before.checkpoint.sequence + 1 === checkpoint.sequence;
    if (!next || checkpoint.previous === sha256(before.signed)) return [];
    return [{ checkpoint: checkpoint.sequence, reason: 'does not follow' }];
  });
}

const missingBetween = (sequences: readonly number[]): number[] =>
  sequences.slice(1).flatMap((sequence, index) => {
    const before = sequences[index] as number;
    return Array.from({ length: sequence - before - 1 }, (_, gap) => before + 1 + gap);
  });

/** What each checkpoint added, by itself, so that a fault is found however many have been taken since. */
async function windowFaults(queries: Queryable, checkpoints: readonly KeptCheckpoint[]): Promise<CheckpointFault[]> {
  const faults: CheckpointFault[] = [];
  for (const run of runs(checkpoints)) {
    const bounds = [(run[0] as KeptCheckpoint).checkpoint.from, ...run.map(({ checkpoint }) => checkpoint.cut)];
    const [lines, reads] = await Promise.all([headLines(queries, bounds), readDigests(queries, bounds)]);
    for (const [index, kept] of run.entries()) {
      const { sequence: checkpoint, reads: signedReads } = kept.checkpoint;
      faults.push(...headFaults(kept, lines[index] as string));
      const found = reads[index];
      if (found?.sha256 !== signedReads.sha256 || found.count !== signedReads.count) {
        faults.push({ checkpoint, reason: 'reads differ' });
      }
    }
  }
  return faults;
}

function headFaults({ checkpoint, heads }: KeptCheckpoint, found: string): CheckpointFault[] {
  const { sequence } = checkpoint;
  const linesFault = heads !== undefined && sha256(heads) !== checkpoint.heads;
  const changed: CheckpointFault[] = linesFault ? [{ checkpoint: sequence, reason: 'lines changed' }] : [];
  if (sha256(found) === checkpoint.heads) return changed;
  if (heads === undefined || linesFault) return [...changed, { checkpoint: sequence, reason: 'heads differ' }];
  return differingStreams(heads, found).map((bad) => ({ checkpoint: sequence, ...bad }));
}

/** Checkpoints that adjoin each other, some at a time. */
function runs(checkpoints: readonly KeptCheckpoint[]): KeptCheckpoint[][] {
  const all: KeptCheckpoint[][] = [];
  for (const kept of checkpoints) {
    const run = all.at(-1);
    const adjoins = run?.at(-1)?.checkpoint.cut === kept.checkpoint.from;
    if (run === undefined || !adjoins || run.length === windowsAtOnce) all.push([kept]);
    else run.push(kept);
  }
  return all;
}

async function rootFault(queries: Queryable, asked: Checkpoint): Promise<CheckpointFault[]> {
  const { root, streams, events } = await headsOfEvents(queries, asked.cut);
  const same = root === asked.root && streams === asked.streams && events === asked.events;
  return same ? [] : [{ checkpoint: asked.sequence, reason: 'root differs' }];
}

async function backdated(queries: Queryable, { sequence, cut, takenAt }: Checkpoint): Promise<CheckpointFault[]> {
  const rows = await eventsRecordedBefore(queries, takenAt, { cut, atMost: mostFaults });
  return rows.map((row) => ({ checkpoint: sequence, ...row, reason: 'backdated' }));
}

function eachStreamOnce(faults: readonly CheckpointFault[]): CheckpointFault[] {
  const named = new Set<string>();
  return faults.filter((fault) => {
    if (!('streamId' in fault)) return true;
    const known = named.has(fault.streamId);
    named.add(fault.streamId);
    return !known;
  });
}
