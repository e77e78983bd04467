import type { Client } from 'pg';

import { chainHash } from '#libs/event-store';

interface StoredRow {
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly schema_ver: number;
  readonly occurred_at: Date;
  readonly precision: string;
  readonly recorded_at: Date;
  readonly command_id: string;
  readonly command_ord: number;
  readonly data: string;
  readonly sealed: string | null;
  readonly meta: string;
  readonly hash: Buffer;
}

const columns = `stream_id, version, type, schema_ver, occurred_at, precision, recorded_at, command_id, command_ord,
  data::text, sealed, meta::text, hash`;

const tables = ['events', 'streams', 'read_audit'];

/** What somebody with a superuser's rights on the database, and with the program's own code, can do to the log. */
export class Forger {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /** Keeps a copy of everything aside, so that whatever is done can be undone. */
  static async over(client: Client): Promise<Forger> {
    await client.query('CREATE SCHEMA aside');
    for (const table of tables) await client.query(`CREATE TABLE aside.${table} AS TABLE public.${table}`);
    // No trigger fires for this session any more, those that keep the log append-only included.
    await client.query('SET session_replication_role = replica');
    return new Forger(client);
  }

  async query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(text, values)).rows;
  }

  async undo(): Promise<void> {
    const back = tables.map((table) => `INSERT INTO ${table} OVERRIDING SYSTEM VALUE TABLE aside.${table}`);
    await this.#client.query(`BEGIN; TRUNCATE ${tables.join(', ')}; ${back.join(';')}; COMMIT`);
  }

  /** Makes the hashes of a stream fit again from a version on, and its row name the last event. */
  async rehash(streamId: string, fromVersion: number): Promise<void> {
    const rows = await this.query<StoredRow>(
      `SELECT ${columns} FROM events WHERE stream_id = $1 AND version >= $2 ORDER BY version`,
      [streamId, fromVersion - 1],
    );
    let before = rows[0]?.version === fromVersion - 1 ? (rows.shift()?.hash ?? null) : null;
    for (const row of rows) {
      before = hashOf(before, row);
      await this.query('UPDATE events SET hash = $3 WHERE stream_id = $1 AND version = $2', [
        streamId,
        row.version,
        before,
      ]);
    }
    await this.#nameHead(streamId);
  }

  async #nameHead(streamId: string): Promise<void> {
    await this.query(
      `UPDATE streams SET version = last.version, head_hash = last.hash, last_txid = last.txid
       FROM (SELECT version, hash, txid FROM events WHERE stream_id = $1 ORDER BY version DESC LIMIT 1) last
       WHERE stream_id = $1`,
      [streamId],
    );
  }

  /** Cuts the end of a stream off and sets its row back; with nothing left, the row goes as well. */
  async cutOff(streamId: string, fromVersion: number): Promise<void> {
    await this.query('DELETE FROM events WHERE stream_id = $1 AND version >= $2', [streamId, fromVersion]);
    if (fromVersion === 1) await this.query('DELETE FROM streams WHERE stream_id = $1', [streamId]);
    else await this.#nameHead(streamId);
  }
}

function hashOf(before: Buffer | null, row: StoredRow): Buffer {
  const { type, schema_ver: schemaVersion, precision, data, sealed, stream_id: streamId, version, meta } = row;
  const event = { type, schemaVersion, occurredAt: row.occurred_at.toISOString(), precision, data, sealed };
  const { command_id: commandId, command_ord: commandOrd } = row;
  const recordedAt = row.recorded_at.toISOString();
  return chainHash(before, event, { tenant: 1, streamId, version, recordedAt, commandId, commandOrd, meta });
}
