import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a member of staff proves themselves with besides the password, and proofs that are under way. */
export class SecondFactors1764000000032 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE recovery_codes (
        tenant_id int   NOT NULL,
        staff_id  text  NOT NULL,
        code_hash bytea NOT NULL,
        used_at   timestamptz,
        PRIMARY KEY (tenant_id, staff_id, code_hash),
        FOREIGN KEY (tenant_id, staff_id) REFERENCES accounts (tenant_id, staff_id)
      );
      COMMENT ON TABLE recovery_codes IS 'For whoever lost their second factor; each counts once. Eighty random bits, so SHA-256 is enough';

      CREATE TABLE passkeys (
        tenant_id     int         NOT NULL,
        credential_id text        NOT NULL,
        staff_id      text        NOT NULL,
        public_key    bytea       NOT NULL,
        counter       bigint      NOT NULL,
        transports    text[]      NOT NULL,
        title         text        NOT NULL,
        added_at      timestamptz NOT NULL,
        used_at       timestamptz,
        PRIMARY KEY (tenant_id, credential_id),
        FOREIGN KEY (tenant_id, staff_id) REFERENCES accounts (tenant_id, staff_id)
      );
      COMMENT ON TABLE passkeys IS 'Public keys of authenticators that verify their user (WebAuthn)';
      CREATE INDEX passkeys_of ON passkeys (tenant_id, staff_id);

      CREATE TABLE ceremonies (
        tenant_id  int         NOT NULL,
        id         uuid        NOT NULL,
        kind       text        NOT NULL CHECK (kind IN ('passkey_enrolment', 'passkey_sign_in', 'foreign_sign_in')),
        staff_id   text,
        data       json        NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id)
      );
      COMMENT ON TABLE ceremonies IS 'Proofs under way, each ended by one answer: the challenge that was set, or what an identity provider must send back';

      GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes, passkeys, ceremonies TO spean_program;
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['recovery_codes', 'passkeys', 'ceremonies'];

const guarded = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
