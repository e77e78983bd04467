import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finding people by name without storing names. */
export class PersonTokens1764000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE person_tokens (
        tenant_id int      NOT NULL,
        token     bytea    NOT NULL,
        person_id uuid     NOT NULL,
        version   smallint NOT NULL,
        PRIMARY KEY (tenant_id, token, person_id)
      );
      COMMENT ON TABLE person_tokens IS 'Keyed, shortened digests of forms of a name; several people may share one';
      COMMENT ON COLUMN person_tokens.version IS 'Way of writing the forms; tokens of different versions never meet';
      CREATE INDEX person_tokens_person ON person_tokens (tenant_id, person_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON person_tokens TO spean_program;
      ALTER TABLE person_tokens ENABLE ROW LEVEL SECURITY;
      ALTER TABLE person_tokens FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON person_tokens USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE person_tokens');
  }
}
