import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who looked for a child by name, when and what for. It is also what limits how often somebody may. */
export class PersonSearches1764000000036 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE person_searches (
        tenant_id   int         NOT NULL,
        search_id   uuid        NOT NULL,
        caller      text        NOT NULL,
        agency      text        NOT NULL,
        purpose     text        NOT NULL,
        searched_at timestamptz NOT NULL,
        refused     boolean     NOT NULL,
        answered    uuid[]      NOT NULL,
        PRIMARY KEY (tenant_id, search_id)
      );
      COMMENT ON TABLE person_searches IS
        'Every search for a person, written before its answer leaves. Never what was searched for';
      COMMENT ON COLUMN person_searches.refused IS 'The caller had searched too often';
      COMMENT ON COLUMN person_searches.answered IS 'Ids of those who were shown';
      CREATE INDEX person_searches_caller ON person_searches (tenant_id, caller, searched_at);
      CREATE INDEX person_searches_answered ON person_searches USING gin (answered);

      GRANT SELECT, INSERT ON person_searches TO spean_program;
      ALTER TABLE person_searches ENABLE ROW LEVEL SECURITY;
      ALTER TABLE person_searches FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON person_searches USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE person_searches');
  }
}
