import pg from 'pg';

import { readCheckpoints, verifyCheckpoints } from '#libs/checkpoints';
import type { Database } from '#libs/database';
import { Random } from '#libs/demonstration';
import { verify } from '#libs/event-store';

import { Forger } from './forger.js';
import { ways, type Victim } from './ways.js';
import { context, writeWitnessedLog, type WitnessedLog } from './witnessed-log.js';

export interface Tally {
  tried: number;
  found: number;
  /** Found by the checkpoint, where all chains were whole. */
  byCheckpointAlone: number;
  /** Found, and the stream named. */
  named: number;
}

export interface TamperReport {
  readonly streams: number;
  readonly events: number;
  readonly edits: number;
  readonly found: number;
  readonly named: number;
  /** Looks at the log as it was written that found a fault: there should be none. */
  readonly falseAlarms: number;
  readonly ways: Readonly<Record<string, Tally>>;
  /** Ways whose bending was not found, or not named, with the attempt. */
  readonly missed: readonly string[];
}

/** How often the mended log is looked at, to see that nothing is found where nothing is. */
const lookEvery = 100;

/**
 * Bends a log of its own in every way in turn, as a superuser and for good, looks whether verification with the last
 * checkpoint finds it, and mends it.
 *
 * @param adminUrl of a superuser, in the same database
 * @param folder for key and checkpoints
 */
export async function tamper(
  database: Database,
  { adminUrl, folder, edits, seed, stop }: TamperingOptions,
): Promise<TamperReport> {
  const log = await writeWitnessedLog(database, folder, new Random(`${seed}/log`));
  const superuser = new pg.Client({ connectionString: adminUrl });
  await superuser.connect();
  try {
    return await bend(log, await Forger.over(superuser), { random: new Random(seed), edits, stop });
  } finally {
    await superuser.end();
  }
}

export interface TamperingOptions {
  readonly adminUrl: string;
  readonly folder: string;
  readonly edits: number;
  readonly seed: string;
  readonly stop?: AbortSignal;
}

async function bend(
  log: WitnessedLog,
  forger: Forger,
  { random, edits, stop }: { random: Random; edits: number; stop: AbortSignal | undefined },
): Promise<TamperReport> {
  const { checkpoint } = log;
  const all = await forger.query<Victim>(victimsText);
  const covered = all.filter(({ txid }) => txid < checkpoint.cut);
  const names = Object.keys(ways);
  const tallies = Object.fromEntries(
    names.map((name) => [name, { tried: 0, found: 0, byCheckpointAlone: 0, named: 0 }]),
  );
  const missed: string[] = [];
  let falseAlarms = isClean(await look(log)) ? 0 : 1;
  for (let attempt = 0; attempt < edits; attempt += 1) {
    stop?.throwIfAborted();
    const name = names[attempt % names.length] as string;
    const touched = await (ways[name] as (typeof ways)[string])({ forger, random, checkpoint, covered, all });
    const seen = await look(log);
    const named = touched.length === 0 ? seen.reads : seen.streams.some((id) => touched.includes(id));
    count(tallies[name] as Tally, {
      found: !isClean(seen),
      named,
      byCheckpointAlone: seen.chainsWhole && !isClean(seen),
    });
    if (!named) missed.push(`${attempt} ${name}`);
    await forger.undo();
    if (attempt % lookEvery === lookEvery - 1 && !isClean(await look(log))) falseAlarms += 1;
  }
  const sum = (key: keyof Tally) => Object.values(tallies).reduce((total, tally) => total + tally[key], 0);
  const size = { streams: new Set(all.map(({ streamId }) => streamId)).size, events: all.length };
  return { ...size, edits: sum('tried'), found: sum('found'), named: sum('named'), falseAlarms, ways: tallies, missed };
}

const victimsText = `SELECT stream_id AS "streamId", version, txid::float8 AS txid, position::float8 AS position,
  max(version) OVER (PARTITION BY stream_id) AS "lastVersion" FROM events ORDER BY stream_id, version`;

interface Seen {
  readonly chainsWhole: boolean;
  /** Those that are named. */
  readonly streams: readonly string[];
  readonly reads: boolean;
  readonly faults: number;
}

const isClean = ({ chainsWhole, faults }: Seen): boolean => chainsWhole && faults === 0;

/** What an operator sees who calls `spean verify --checkpoint`. */
async function look({ database, file, key }: WitnessedLog): Promise<Seen> {
  const kept = await readCheckpoints(file);
  const [{ bad }, { faults }] = await database.read(context, (queries) =>
    Promise.all([verify(queries), verifyCheckpoints(queries, kept, [key.publicKey])]),
  );
  const named = faults.flatMap((fault) => ('streamId' in fault ? [fault.streamId] : []));
  return {
    chainsWhole: bad === null,
    streams: bad === null ? named : [bad.streamId, ...named],
    reads: faults.some(({ reason }) => reason === 'reads differ'),
    faults: faults.length,
  };
}

function count(tally: Tally, seen: { found: boolean; byCheckpointAlone: boolean; named: boolean }): void {
  tally.tried += 1;
  tally.found += Number(seen.found);
  tally.byCheckpointAlone += Number(seen.byCheckpointAlone);
  tally.named += Number(seen.named);
}
