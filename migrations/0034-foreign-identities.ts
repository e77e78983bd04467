import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who somebody is at an identity provider. */
export class ForeignIdentities1764000000034 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE foreign_identities (
        tenant_id int         NOT NULL,
        issuer    text        NOT NULL,
        subject   text        NOT NULL,
        staff_id  text        NOT NULL,
        linked_by text        NOT NULL,
        linked_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, issuer, subject),
        FOREIGN KEY (tenant_id, staff_id) REFERENCES accounts (tenant_id, staff_id)
      );
      COMMENT ON TABLE foreign_identities IS 'Issuer and subject name a person at an identity provider for good; an address may pass to somebody else';
      CREATE UNIQUE INDEX foreign_identities_of ON foreign_identities (tenant_id, staff_id, issuer);

      GRANT SELECT, INSERT, DELETE ON foreign_identities TO spean_program;
      ALTER TABLE foreign_identities ENABLE ROW LEVEL SECURITY;
      ALTER TABLE foreign_identities FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON foreign_identities USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE foreign_identities');
  }
}
