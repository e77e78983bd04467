import { randomBytes, randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { Database, type DatabaseContext } from '#libs/database';
import { append, BulkAppender, type EventToAppend, type StreamHead } from '#libs/event-store';
import type { Contender } from './closed-loop.js';

/*
 * Each contender stores the same: two events of about 600 bytes, clear facts and ciphertext together, with what is known
 * of who did it. A stream takes ten appends, one that creates it and nine that extend it.
 */
const eventsPerAppend = 2;
const appendsPerStream = 10;
const clearBytes = 200;
const sealedBytes = 400;

const context: DatabaseContext = { tenant: 1, principals: ['agency:1', 'role:NGO_CW'] };
const meta = { actor: randomUUID(), purpose: 'CASE_WORK', traceId: randomUUID(), causation: randomUUID() };

const samples: readonly EventToAppend[] = Array.from({ length: 256 }, (_, index) => ({
  type: index % 2 === 0 ? 'ReferralSent' : 'DeadlineArmed',
  schemaVersion: 1,
  occurredAt: new Date(Date.UTC(2026, 0, 1) + index).toISOString(),
  precision: 'moment',
  data: JSON.stringify({ referral: randomUUID(), to: randomUUID(), service: filler(clearBytes - 120) }),
  sealed: JSON.stringify({ narrative: `v1.${randomUUID()}.${filler(sealedBytes - 60)}` }),
}));

function filler(bytes: number): string {
  return randomBytes(bytes).toString('hex').slice(0, bytes);
}

let taken = 0;
function twoEvents(): EventToAppend[] {
  return Array.from({ length: eventsPerAppend }, () => samples[(taken += 1) % samples.length] as EventToAppend);
}

interface Cursor {
  readonly id: string;
  head: StreamHead;
  appends: number;
}

/** The stream that each caller is at. */
class Cursors {
  readonly #cursors = new Map<number, Cursor>();

  of(caller: number): Cursor {
    const present = this.#cursors.get(caller);
    if (present !== undefined && present.appends < appendsPerStream) {
      return present;
    }
    const next = { id: uuidv7(), head: { version: 0, headHash: null }, appends: 0 };
    this.#cursors.set(caller, next);
    return next;
  }
}

function advance(cursor: Cursor, head: StreamHead): void {
  cursor.head = head;
  cursor.appends += 1;
}

const infoFor = ({ head }: Cursor) => ({
  commandId: randomUUID(),
  recordedAt: new Date().toISOString(),
  meta,
  headHash: head.headHash,
});

export async function makeRawTable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE raw_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)');
  await client.end();
}

/** The floor: the same bytes as one row of a table with nothing but a number. */
export function rawRow(url: string, callers: number): Contender {
  const pool = new pg.Pool({ connectionString: url, max: callers });
  const text = 'INSERT INTO raw_row (body) VALUES ($1)';
  return {
    act: async () => {
      const body = JSON.stringify(twoEvents().map(({ type, data, sealed }) => ({ type, data, sealed, meta })));
      await pool.query({ name: 'raw_row', text, values: [body] });
    },
    close: () => pool.end(),
  };
}

/** The store as the program uses it: a unit of work with its context, the expected version, and the hash chain. */
export async function ownStore(url: string, callers: number): Promise<Contender> {
  const database = await Database.open({ url, poolSize: callers });
  const cursors = new Cursors();
  return {
    act: async (caller) => {
      const cursor = cursors.of(caller);
      const { id, head } = cursor;
      const stream = { id, category: 'case' };
      const work = database.unitOfWork.run(context, (tx) =>
        append(tx, stream, head.version, twoEvents(), infoFor(cursor)),
      );
      advance(cursor, await work);
    },
    close: () => database.close(),
  };
}

/** The store's way in for imports: many callers' appends in one commit. */
export async function ownBulk(url: string): Promise<Contender> {
  const database = await Database.open({ url, poolSize: 4 });
  const bulk = new BulkAppender(database.unitOfWork, context);
  const cursors = new Cursors();
  return {
    act: async (caller) => {
      const cursor = cursors.of(caller);
      const { id, head } = cursor;
      const stream = { id, category: 'case' };
      const info = infoFor(cursor);
      advance(cursor, await bulk.append({ stream, expectedVersion: head.version, events: twoEvents(), info }));
    },
    close: () => database.close(),
  };
}

export async function migrateEmmett(url: string): Promise<void> {
  const store = getPostgreSQLEventStore(url, { schema: { autoMigration: 'None' } });
  await store.schema.migrate();
  await store.close();
}

export function emmett(url: string, callers: number): Contender {
  const pool = new pg.Pool({ connectionString: url, max: callers });
  const store = getPostgreSQLEventStore(url, {
    schema: { autoMigration: 'None' },
    connectionOptions: { pool, pooled: true },
  });
  const cursors = new Cursors();
  return {
    act: async (caller) => {
      const cursor = cursors.of(caller);
      const events = twoEvents().map(({ type, data, sealed }) => ({
        type,
        data: { ...(JSON.parse(data) as object), sealed },
        metadata: meta,
      }));
      const { version } = cursor.head;
      await store.appendToStream(`case-${cursor.id}`, events, { expectedStreamVersion: BigInt(version) });
      advance(cursor, { version: version + eventsPerAppend, headHash: null });
    },
    close: async () => {
      await store.close();
      await pool.end().catch(() => undefined); // closing the store may have ended it
    },
  };
}
