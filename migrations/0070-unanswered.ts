import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which requests to another system may have had their effect, although nobody was told so. */
export class Unanswered1764000000070 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE sent_records ADD COLUMN asked_at timestamptz;
      COMMENT ON COLUMN sent_records.asked_at IS
        'A request went out then, and whether it arrived is not known; null once it is known, and where nothing depends on it';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sent_records DROP COLUMN asked_at');
  }
}
