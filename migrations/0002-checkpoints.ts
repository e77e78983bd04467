import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each follower of the feed has come. */
export class Checkpoints1764000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE checkpoints (
        tenant_id       int         NOT NULL,
        projection      text        NOT NULL,
        version         int         NOT NULL DEFAULT 1,
        shard           smallint    NOT NULL DEFAULT 0,
        txid            bigint      NOT NULL DEFAULT 0,
        position        bigint      NOT NULL DEFAULT 0,
        status          text        NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'rebuilding', 'stopped')),
        stopped_stream  uuid,
        stopped_version int,
        stopped_because text,
        updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (tenant_id, projection, version, shard),
        CHECK ((status = 'stopped') = (stopped_stream IS NOT NULL))
      ) WITH (fillfactor = 50);
      COMMENT ON TABLE checkpoints IS
        'The last event each projection has seen, as (txid, position). Two versions of one projection live side by side while the newer is rebuilt';
      COMMENT ON COLUMN checkpoints.stopped_because IS 'Name and code of the error, never its text: that could quote a child''s data';

      GRANT SELECT, INSERT, UPDATE, DELETE ON checkpoints TO spean_program;
      ALTER TABLE checkpoints ENABLE ROW LEVEL SECURITY;
      ALTER TABLE checkpoints FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON checkpoints USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE checkpoints');
  }
}
