import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other systems call services, agencies, statuses and provinces, as administrators change it. */
export class CodeTables1764000000065 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE code_table_versions (
        tenant_id  int         NOT NULL,
        name       text        NOT NULL CHECK (name IN ('services', 'agencies', 'statuses', 'provinces')),
        version    int         NOT NULL CHECK (version > 0),
        entries    jsonb       NOT NULL,
        reason     text        NOT NULL,
        changed_by text        NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, name, version)
      );
      COMMENT ON TABLE code_table_versions IS
        'Each change of a code table as a whole version; the latest counts. Codes and names of services and agencies, nothing of a child. Rows are added and never changed or removed';
      COMMENT ON COLUMN code_table_versions.entries IS 'Rows beside those that are shipped with the program, or in their place';
      CREATE TRIGGER code_table_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON code_table_versions
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      GRANT SELECT, INSERT ON code_table_versions TO spean_program;
      ALTER TABLE code_table_versions ENABLE ROW LEVEL SECURITY;
      ALTER TABLE code_table_versions FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON code_table_versions
        USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE code_table_versions');
  }
}
