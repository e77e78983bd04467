import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log: one row a stream, which is its lock, chain head and order guard, and one row an event, never changed. It has no
 * CHECK constraints: PostgreSQL reads them in anew for every statement, a tenth of an append, and one function writes it.
 */
export class StreamsAndEvents1764000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION txid_base() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 0::bigint';
      COMMENT ON FUNCTION txid_base() IS
        'Added to transaction ids. Raised after a restore into a new cluster, whose ids start again, so that new events still sort after all stored ones';

      CREATE SEQUENCE event_position AS bigint CACHE 1;

      CREATE TABLE streams (
        tenant_id int      NOT NULL,
        stream_id uuid     NOT NULL,
        category  text     NOT NULL,
        version   int      NOT NULL,
        last_txid bigint   NOT NULL,
        head_hash bytea    NOT NULL,
        status    smallint NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant_id, stream_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE streams IS
        'One row a stream: expected version, head of the hash chain and order guard. No other index, so that every update stays on its page';
      COMMENT ON COLUMN streams.last_txid IS 'The last writer''s transaction; an older transaction may not write after it, or the feed would show the stream out of order';
      COMMENT ON COLUMN streams.status IS '0 open, 2 erased';

      CREATE TABLE events (
        tenant_id   int         NOT NULL,
        stream_id   uuid        NOT NULL,
        version     int         NOT NULL,
        txid        bigint      NOT NULL,
        position    bigint      NOT NULL,
        occurred_at timestamptz NOT NULL,
        precision   text        NOT NULL,
        recorded_at timestamptz NOT NULL,
        command_id  uuid        NOT NULL,
        command_ord smallint    NOT NULL,
        type        text        NOT NULL,
        schema_ver  smallint    NOT NULL,
        data        json        NOT NULL,
        sealed      text,
        meta        json        NOT NULL,
        hash        bytea       NOT NULL,
        PRIMARY KEY (tenant_id, stream_id, version)
      );
      COMMENT ON TABLE events IS 'The log. Rows are added and never changed or removed, by anyone';
      COMMENT ON COLUMN events.precision IS 'How exactly occurred_at is known: moment, day, month or year';
      COMMENT ON COLUMN events.data IS 'Clear facts, kept as the exact text that was hashed';
      COMMENT ON COLUMN events.sealed IS 'Ciphertext by field class, kept as the exact text that was hashed';
      COMMENT ON COLUMN events.command_ord IS '0 for the first event of a command';
      COMMENT ON COLUMN events.hash IS 'SHA-256 over this event and the hash of the one before it';
      CREATE UNIQUE INDEX events_feed ON events (txid, position);
      CREATE UNIQUE INDEX events_command ON events (tenant_id, stream_id, command_id) WHERE command_ord = 0;
    `);
    await queryRunner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the log is append-only: % refused', TG_OP USING ERRCODE = 'SP009';
      END $$;
      CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE FUNCTION refuse_append(in_tenant int, in_stream uuid, in_expected int, in_command uuid)
        RETURNS bigint LANGUAGE plpgsql AS $$
      DECLARE
        present streams%ROWTYPE;
      BEGIN
        SELECT * INTO present FROM streams WHERE tenant_id = in_tenant AND stream_id = in_stream;
        IF EXISTS (SELECT FROM events WHERE tenant_id = in_tenant AND stream_id = in_stream
                                        AND command_id = in_command AND command_ord = 0) THEN
          RAISE EXCEPTION 'command already in the stream' USING ERRCODE = 'SP002';
        ELSIF present.status = 2 THEN
          RAISE EXCEPTION 'stream erased' USING ERRCODE = 'SP003';
        ELSIF present.version = in_expected AND present.last_txid > txid_current() + txid_base() THEN
          RAISE EXCEPTION 'a younger transaction has written to the stream' USING ERRCODE = '40001';
        END IF;
        RAISE EXCEPTION 'stream is not as expected'
          USING ERRCODE = 'SP001', DETAIL = coalesce(present.version, 0)::text;
      END $$;
      COMMENT ON FUNCTION refuse_append(int, uuid, int, uuid) IS
        'Fails the transaction and says why an append found no stream to update: SP001 conflict (detail: the version present), SP002 duplicate command, SP003 erased, 40001 order';

      GRANT SELECT, INSERT ON streams TO spean_program;
      GRANT UPDATE (version, last_txid, head_hash, status) ON streams TO spean_program;
      GRANT SELECT, INSERT ON events TO spean_program;
      GRANT USAGE ON SEQUENCE event_position TO spean_program;

      ALTER TABLE streams ENABLE ROW LEVEL SECURITY;
      ALTER TABLE streams FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON streams USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
      ALTER TABLE events ENABLE ROW LEVEL SECURITY;
      ALTER TABLE events FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON events USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE events;
      DROP TABLE streams;
      DROP FUNCTION refuse_append(int, uuid, int, uuid);
      DROP FUNCTION refuse_change();
      DROP SEQUENCE event_position;
      DROP FUNCTION txid_base();
    `);
  }
}
