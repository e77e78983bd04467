import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The second wall: who stands how to a case is written on its row in words, and the database shows the row to those alone
 * who carry one of them. Cases on record get the words that need no pathway; the rest comes with their next event, or with
 * `spean replay`.
 */
export class Readers1764000000042 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE case_summary ADD COLUMN readers text[] NOT NULL DEFAULT '{}';
      COMMENT ON COLUMN case_summary.readers IS
        'How people may stand to the case, in the words of the access policy: owner, agency, province, receiver and so on';
      UPDATE case_summary SET readers = ARRAY['nation', 'program', 'agency:' || agency]
        || CASE WHEN owner IS NULL THEN '{}' ELSE ARRAY['owner:' || owner] END
        || CASE WHEN province IS NULL THEN '{}' ELSE ARRAY['province:' || province] END;
      CREATE INDEX case_summary_readers ON case_summary USING gin (readers);
      CREATE POLICY readers ON case_summary AS RESTRICTIVE
        USING (readers && (SELECT string_to_array(current_setting('spean.principals', true), ',')));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP POLICY readers ON case_summary;
      ALTER TABLE case_summary DROP COLUMN readers;
    `);
  }
}
