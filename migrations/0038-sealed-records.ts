import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that are closed when a diversion is completed. */
export class SealedRecords1764000000038 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE case_summary ADD COLUMN sealed boolean NOT NULL DEFAULT false;
      ALTER TABLE case_summary ADD COLUMN unsealed_until timestamptz;
      COMMENT ON COLUMN case_summary.sealed IS 'Only what the definition keeps open is shown of it, and it leaves to no other system';
      COMMENT ON COLUMN case_summary.unsealed_until IS 'A court order has opened it until then';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE case_summary DROP COLUMN unsealed_until;
      ALTER TABLE case_summary DROP COLUMN sealed;
    `);
  }
}
