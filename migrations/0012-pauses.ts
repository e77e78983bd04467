import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A deadline that a supervisor has paused stands still until a moment at which it goes on by itself. */
export class Pauses1764000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE deadlines ADD COLUMN paused_until timestamptz;
      COMMENT ON COLUMN deadlines.paused_until IS 'Set while the deadline stands still; next_rung_at is then the same moment';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE deadlines DROP COLUMN paused_until');
  }
}
