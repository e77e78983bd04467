import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs of agencies that call this one: what they may, with which keys, and how much. */
export class ServiceAccounts1764000000033 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE service_accounts (
        tenant_id     int         NOT NULL,
        id            text        NOT NULL CHECK (id LIKE 'svc-%'),
        agency        text        NOT NULL,
        title         text        NOT NULL,
        scopes        text[]      NOT NULL,
        addresses     cidr[]      NOT NULL,
        daily_records int         NOT NULL CHECK (daily_records > 0),
        created_by    text        NOT NULL,
        created_at    timestamptz NOT NULL,
        frozen_at     timestamptz,
        closed_at     timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, agency) REFERENCES agencies (tenant_id, id)
      );
      COMMENT ON TABLE service_accounts IS 'Programs that call on behalf of an agency';
      COMMENT ON COLUMN service_accounts.addresses IS 'Networks it calls from; empty: any';
      COMMENT ON COLUMN service_accounts.daily_records IS 'Records it may be told or write on one day; beyond it, the account is frozen until a person unfreezes it';

      CREATE TABLE service_keys (
        tenant_id  int         NOT NULL,
        id         uuid        NOT NULL,
        account    text        NOT NULL,
        key_hash   bytea       NOT NULL,
        created_at timestamptz NOT NULL,
        not_after  timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account) REFERENCES service_accounts (tenant_id, id)
      );
      COMMENT ON TABLE service_keys IS 'SHA-256 of 256 random bits each; two at a time at most, so that one can follow the other';
      CREATE UNIQUE INDEX service_keys_hash ON service_keys (tenant_id, key_hash);
      CREATE INDEX service_keys_of ON service_keys (tenant_id, account);

      CREATE TABLE service_use (
        tenant_id int    NOT NULL,
        account   text   NOT NULL,
        day       date   NOT NULL,
        records   bigint NOT NULL,
        PRIMARY KEY (tenant_id, account, day),
        FOREIGN KEY (tenant_id, account) REFERENCES service_accounts (tenant_id, id)
      );
      COMMENT ON TABLE service_use IS 'Records that an account was told or wrote, by day in Cambodia';

      GRANT SELECT, INSERT, UPDATE ON service_accounts, service_keys, service_use TO spean_program;
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['service_accounts', 'service_keys', 'service_use'];

const guarded = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
