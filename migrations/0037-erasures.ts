import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Children who were forgotten: what is left of them, and who agreed to it. */
export class Erasures1764000000037 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE erasures (
        tenant_id   int         NOT NULL,
        erasure_id  uuid        NOT NULL,
        people      uuid[]      NOT NULL,
        cases       uuid[]      NOT NULL,
        because     text        NOT NULL,
        proposed_by text        NOT NULL,
        approved_by text        NOT NULL,
        erased_at   timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, erasure_id)
      );
      COMMENT ON TABLE erasures IS
        'Who was forgotten, by id. The same lines stand in a file outside the database, from which they are done again after a restore';
      GRANT SELECT, INSERT ON erasures TO spean_program;
      ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
      ALTER TABLE erasures FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON erasures USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);

      ALTER TABLE case_summary ADD COLUMN erased boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN case_summary.erased IS 'The child was forgotten: the case counts in numbers, and is shown to nobody';
      ALTER TABLE person_summary ADD COLUMN erased boolean NOT NULL DEFAULT false;

      ALTER TABLE received_records DROP CONSTRAINT received_records_state_check;
      ALTER TABLE received_records ADD CONSTRAINT received_records_state_check
        CHECK (state IN ('received', 'taken_in', 'quarantined', 'erased'));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DELETE FROM received_records WHERE state = 'erased';
      ALTER TABLE received_records DROP CONSTRAINT received_records_state_check;
      ALTER TABLE received_records ADD CONSTRAINT received_records_state_check
        CHECK (state IN ('received', 'taken_in', 'quarantined'));
      ALTER TABLE person_summary DROP COLUMN erased;
      ALTER TABLE case_summary DROP COLUMN erased;
      DROP TABLE erasures;
    `);
  }
}
