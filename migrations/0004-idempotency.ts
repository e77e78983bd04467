import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a caller was answered, so that the same request sent twice is done once. */
export class Idempotency1764000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE idempotency (
        tenant_id   int         NOT NULL,
        caller      text        NOT NULL,
        key         text        NOT NULL,
        body_digest bytea       NOT NULL,
        status      smallint    NOT NULL,
        answer      json        NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (tenant_id, caller, key)
      );
      COMMENT ON TABLE idempotency IS
        'The answer to each write, added in the transaction that did it. The digest tells the same request from another under the same key';
      CREATE INDEX idempotency_age ON idempotency (tenant_id, created_at);

      GRANT SELECT, INSERT, DELETE ON idempotency TO spean_program;
      ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
      ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON idempotency USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE idempotency');
  }
}
