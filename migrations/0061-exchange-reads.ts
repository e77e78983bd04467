import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What programs of another system are told of: which cases may go to it, and the order in which a list of them is told
 * page by page. Cases on record get their rows with their next event, or with `spean replay`.
 */
export class ExchangeReads1764000000061 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE case_sharing (
        tenant_id int     NOT NULL,
        stream_id uuid    NOT NULL,
        system    text    NOT NULL CHECK (system IN ('primero', 'oscar')),
        told      boolean NOT NULL,
        asked     boolean NOT NULL,
        until     date,
        PRIMARY KEY (tenant_id, stream_id, system)
      );
      COMMENT ON TABLE case_sharing IS 'Whether a case may go to another system';
      COMMENT ON COLUMN case_sharing.told IS 'The system told us of the case';
      COMMENT ON COLUMN case_sharing.asked IS 'A consent to share that names the system was given at some time, in force or not';
      COMMENT ON COLUMN case_sharing.until IS 'Last day of such a consent that was not withdrawn; infinity: without an end';
      CREATE INDEX case_sharing_system ON case_sharing (tenant_id, system, stream_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON case_sharing TO spean_program;

      CREATE TABLE exchange_listings (
        tenant_id int         NOT NULL,
        account   text        NOT NULL,
        asked     text        NOT NULL,
        taken_at  timestamptz NOT NULL,
        case_ids  uuid[]      NOT NULL,
        PRIMARY KEY (tenant_id, account, asked)
      );
      COMMENT ON TABLE exchange_listings IS 'Which cases a list had, in order, when its first page was told: later pages are cut from it';
      COMMENT ON COLUMN exchange_listings.asked IS 'SHA-256 (hex) of what was asked for';
      CREATE INDEX exchange_listings_taken ON exchange_listings (tenant_id, taken_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_listings TO spean_program;

      CREATE TABLE exchange_transactions (
        tenant_id      int  NOT NULL,
        account        text NOT NULL,
        transaction_id text NOT NULL,
        record_id      uuid NOT NULL,
        PRIMARY KEY (tenant_id, account, transaction_id, record_id)
      );
      COMMENT ON TABLE exchange_transactions IS 'Records as received that a program sent under one number of its own';
      GRANT SELECT, INSERT ON exchange_transactions TO spean_program;
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['case_sharing', 'exchange_listings', 'exchange_transactions'];

const guarded = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
