import path from 'node:path';

import { Checkpoints, checkpointFile, FolderSink, SigningKey, type Checkpoint } from '#libs/checkpoints';
import { minus } from './moments.js';
import type { Clock, Instant } from '#libs/calendar';
import { Database, type DatabaseContext } from '#libs/database';
import type { Random } from '#libs/demonstration';
import { append, type StreamHead } from '#libs/event-store';
import { createLog } from '#libs/logging';

export const context: DatabaseContext = { tenant: 1, principals: [] };

const streams = 300;
/** Appends and audited reads before each checkpoint, and after the last one. */
const turns = [400, 150, 50, 200, 60];
const now = '2026-03-14T02:00:00.000Z';

/** A log of made-up events, checkpoints of it in a folder, and a little that was added since the last one. */
export interface WitnessedLog {
  readonly database: Database;
  readonly key: SigningKey;
  /** The last checkpoint, and the file it is in. */
  readonly checkpoint: Checkpoint;
  readonly file: string;
}

/** A clock that each turn puts forward by an hour. */
class Hours implements Clock {
  #now: Instant = minus(now, turns.length * 60);

  now(): Instant {
    return this.#now;
  }

  pass(): void {
    this.#now = minus(this.#now, -60);
  }
}

/** @param folder where key and checkpoints are kept */
export async function writeWitnessedLog(database: Database, folder: string, random: Random): Promise<WitnessedLog> {
  const clock = new Hours();
  const key = await SigningKey.open(path.join(folder, 'checkpoint.key'), { mayCreate: true });
  const sinks = [new FolderSink(folder)];
  const checkpoints = new Checkpoints({ database, context, clock, log: createLog('drill', 'silent'), key, sinks });
  const heads = new Map<string, StreamHead>(
    Array.from({ length: streams }, () => [random.id(), { version: 0, headHash: null }]),
  );
  let last: Checkpoint | undefined;
  for (const [turn, count] of turns.entries()) {
    clock.pass();
    await grow(database, heads, { count, recordedAt: clock.now() }, random);
    if (turn < turns.length - 1) last = await checkpoints.take();
  }
  await checkpoints.deliver();
  if (last === undefined) throw new Error('no checkpoint was taken');
  return { database, key, checkpoint: last, file: path.join(folder, checkpointFile(last.sequence)) };
}

async function grow(
  { unitOfWork }: Database,
  heads: Map<string, StreamHead>,
  { count, recordedAt }: { count: number; recordedAt: Instant },
  random: Random,
): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const id = random.pick([...heads.keys()]);
    const before = heads.get(id) as StreamHead;
    const commandId = random.id();
    const events = Array.from({ length: random.integer(1, 3) }, () => someEvent(recordedAt, random));
    const meta = { actor: `worker-${random.integer(1, 9)}`, purpose: 'case_management', traceId: random.id() };
    const info = { commandId, recordedAt, meta, headHash: before.headHash };
    const after = await unitOfWork.run(context, (tx) => {
      tx.send('drill_read', readText, [recordedAt, meta.actor, [id], meta.traceId]);
      return append(tx, { id, category: categoryOf(id) }, before.version, events, info);
    });
    heads.set(id, after);
  }
}

/** A stream keeps its category, so it follows from the id. */
const categoryOf = (id: string): string => (/[0-7]$/.test(id) ? 'case' : 'person');

const readText = `INSERT INTO read_audit (tenant_id, at, reader, agency, roles, relations, purpose, route, case_ids,
    person_ids, classes, trace_id)
  VALUES (1, $1, $2, 'agency-1', '{OSVY_SW}', '{owner}', 'case_management', '/cases/:caseId', $3, '{}', '{identity}', $4)`;

const types = ['CaseOpened', 'ReferralSent', 'ReferralAccepted', 'RiskAssessed'];

function someEvent(recordedAt: Instant, random: Random) {
  const sealed = random.chance(0.5) ? JSON.stringify({ identity: `v1.${random.id()}` }) : null;
  const data = JSON.stringify({ referral: random.id(), note: random.integer(1, 1_000_000) });
  const occurredAt = minus(recordedAt, random.integer(0, 10_000));
  return { type: random.pick(types), schemaVersion: 1, occurredAt, precision: 'moment' as const, data, sealed };
}
