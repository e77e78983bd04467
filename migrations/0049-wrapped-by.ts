import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whatever the master key wraps says which one wrapped it, so that rotation finds it. An export has a key of its own for the
 * ids of its rows: one that the master key derives would be another after rotation, and a leaked row would name nobody.
 */
export class WrappedBy1764000000049 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE accounts ADD COLUMN totp_secret_master_key_id text, ADD COLUMN totp_offered_master_key_id text;
      COMMENT ON COLUMN accounts.totp_secret_master_key_id IS
        'Master key that wrapped the secret; here as in other tables null where it was wrapped before this was written down';
      ALTER TABLE webhook_secrets ADD COLUMN master_key_id text;
      ALTER TABLE exports
        ADD COLUMN wrapped_row_key text,
        ADD COLUMN wrapped_key_master_key_id text,
        ADD COLUMN wrapped_row_key_master_key_id text;
      COMMENT ON COLUMN exports.wrapped_row_key IS
        'The key of the ids of its rows, wrapped by the master key; null where the master key of its time derives it';
      GRANT UPDATE (wrapped_key, wrapped_row_key, wrapped_key_master_key_id, wrapped_row_key_master_key_id)
        ON exports TO spean_program;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      REVOKE UPDATE (wrapped_key) ON exports FROM spean_program;
      ALTER TABLE exports
        DROP COLUMN wrapped_row_key, DROP COLUMN wrapped_key_master_key_id, DROP COLUMN wrapped_row_key_master_key_id;
      ALTER TABLE webhook_secrets DROP COLUMN master_key_id;
      ALTER TABLE accounts DROP COLUMN totp_secret_master_key_id, DROP COLUMN totp_offered_master_key_id;
    `);
  }
}
