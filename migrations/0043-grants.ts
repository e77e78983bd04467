import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an accepted referral opened to its receiver, and until when, beside the referral that a list reads. */
export class Grants1764000000043 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE referrals ADD COLUMN grant_purpose text, ADD COLUMN grant_classes text[], ADD COLUMN grant_until timestamptz;
      COMMENT ON COLUMN referrals.grant_classes IS 'Field classes that were opened to the receiver for the service';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE referrals DROP COLUMN grant_purpose, DROP COLUMN grant_classes, DROP COLUMN grant_until',
    );
  }
}
