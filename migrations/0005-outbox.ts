import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has to leave the program because of an event. */
export class Outbox1764000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE outbox (
        tenant_id   int         NOT NULL,
        stream_id   uuid        NOT NULL,
        version     int         NOT NULL,
        kind        text        NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        done_at     timestamptz,
        attempts    int         NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_error  text,
        PRIMARY KEY (tenant_id, stream_id, version, kind)
      );
      COMMENT ON TABLE outbox IS
        'Deliveries and messages owed for an event, written with it. Holds ids only: what is sent is put together, and consent checked, at the moment of sending';
      COMMENT ON COLUMN outbox.last_error IS 'Name and code of the error, never its text: that could quote a child''s data';
      CREATE INDEX outbox_due ON outbox (tenant_id, next_try_at) WHERE done_at IS NULL;

      GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO spean_program;
      ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
      ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON outbox USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE outbox');
  }
}
