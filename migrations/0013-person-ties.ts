import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What ties the cases of one child together: merged records, flags that every case heeds, moves that were agreed to. */
export class PersonTies1764000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE person_summary
        ADD COLUMN merged_into uuid,
        ADD COLUMN flags       text[] NOT NULL DEFAULT '{}',
        ADD COLUMN agreements  jsonb  NOT NULL DEFAULT '[]';
      COMMENT ON COLUMN person_summary.merged_into IS 'The record that a person found to be of the same child';
      COMMENT ON COLUMN person_summary.flags IS 'Kinds of flags that stand: that something must be heeded, never why';
      COMMENT ON COLUMN person_summary.agreements IS 'Cases whose move of the child was agreed to, and when';
      CREATE INDEX person_summary_merged ON person_summary (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE person_summary DROP COLUMN merged_into, DROP COLUMN flags, DROP COLUMN agreements',
    );
  }
}
