import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key of its own for what a child admits for a diversion, which is never used against the child. */
export class NotForEvidence1764000000030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE child_keys DROP CONSTRAINT child_keys_field_class_check;
      ALTER TABLE child_keys ADD CONSTRAINT child_keys_field_class_check CHECK (field_class IN
        ('identity', 'location', 'narrative', 'medical_legal', 'perpetrator', 'not_for_evidence'));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DELETE FROM child_keys WHERE field_class = 'not_for_evidence';
      ALTER TABLE child_keys DROP CONSTRAINT child_keys_field_class_check;
      ALTER TABLE child_keys ADD CONSTRAINT child_keys_field_class_check CHECK (field_class IN
        ('identity', 'location', 'narrative', 'medical_legal', 'perpetrator'));
    `);
  }
}
