import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When open referrals were last looked at, in systems whose lists of changes do not tell of every answer. */
export class ExchangeLooks1764000000071 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE exchange_looks (
        tenant_id int         NOT NULL,
        target    text        NOT NULL,
        stream_id uuid        NOT NULL,
        looked_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, target, stream_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE exchange_looks IS 'When the referrals of a case were last looked at in a target, while one of them has no answer';
      GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_looks TO spean_program;
      ALTER TABLE exchange_looks ENABLE ROW LEVEL SECURITY;
      ALTER TABLE exchange_looks FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON exchange_looks USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE exchange_looks');
  }
}
