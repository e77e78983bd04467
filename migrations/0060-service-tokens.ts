import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens that programs get for their key where they speak as they would to another system: short-lived, and revocable. */
export class ServiceTokens1764000000060 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE service_tokens (
        tenant_id  int         NOT NULL,
        token_hash bytea       NOT NULL,
        account    text        NOT NULL,
        key_hash   bytea       NOT NULL,
        system     text        NOT NULL CHECK (system IN ('primero', 'oscar')),
        made_at    timestamptz NOT NULL,
        not_after  timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, token_hash),
        FOREIGN KEY (tenant_id, account) REFERENCES service_accounts (tenant_id, id),
        FOREIGN KEY (tenant_id, key_hash) REFERENCES service_keys (tenant_id, key_hash)
      );
      COMMENT ON TABLE service_tokens IS 'SHA-256 of 256 random bits each; one ends with the key that it was given for';
      CREATE INDEX service_tokens_of ON service_tokens (tenant_id, account, system, made_at);
      GRANT SELECT, INSERT, DELETE ON service_tokens TO spean_program;
      ALTER TABLE service_tokens ENABLE ROW LEVEL SECURITY;
      ALTER TABLE service_tokens FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON service_tokens
        USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE service_tokens');
  }
}
