import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of tokens outlive the master key, and data keys are found by the master key that wraps them. */
export class IndexKeys1764000000035 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE index_keys (
        tenant_id     int         NOT NULL,
        purpose       text        NOT NULL CHECK (purpose IN ('names', 'contacts')),
        version       smallint    NOT NULL,
        master_key_id text        NOT NULL,
        wrapped       text        NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (tenant_id, purpose, version)
      );
      COMMENT ON TABLE index_keys IS
        'Keys of tokens, wrapped by the master key. While an index is rebuilt there are two versions, and people are found under both';
      GRANT SELECT, INSERT, DELETE ON index_keys TO spean_program;
      GRANT UPDATE (master_key_id, wrapped) ON index_keys TO spean_program;
      ALTER TABLE index_keys ENABLE ROW LEVEL SECURITY;
      ALTER TABLE index_keys FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON index_keys USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);

      ALTER TABLE person_tokens ADD COLUMN purpose text NOT NULL DEFAULT 'names' CHECK (purpose = 'names');
      ALTER TABLE person_tokens ADD CONSTRAINT person_tokens_key
        FOREIGN KEY (tenant_id, purpose, version) REFERENCES index_keys NOT VALID;
      COMMENT ON COLUMN person_tokens.version IS
        'Version of the key; nobody can be put under a version that is retired, where no search would find them';
      ALTER TABLE person_tokens DROP CONSTRAINT person_tokens_pkey;
      ALTER TABLE person_tokens ADD PRIMARY KEY (tenant_id, version, token, person_id);

      CREATE INDEX child_keys_master ON child_keys (tenant_id, master_key_id) WHERE wrapped IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX child_keys_master;
      ALTER TABLE person_tokens DROP CONSTRAINT person_tokens_pkey;
      ALTER TABLE person_tokens ADD PRIMARY KEY (tenant_id, token, person_id);
      ALTER TABLE person_tokens DROP CONSTRAINT person_tokens_key;
      ALTER TABLE person_tokens DROP COLUMN purpose;
      DROP TABLE index_keys;
    `);
  }
}
