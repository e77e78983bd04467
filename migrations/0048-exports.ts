import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of cases that people took out, so that a leaked row names who took it, and bait in each of them. */
export class Exports1764000000048 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE exports (
        tenant_id   int         NOT NULL,
        export_id   uuid        NOT NULL,
        asked_by    text        NOT NULL,
        agency      text        NOT NULL,
        asked_at    timestamptz NOT NULL,
        reason      text        NOT NULL,
        purpose     text        NOT NULL,
        classes     text[]      NOT NULL,
        case_ids    uuid[]      NOT NULL,
        honey       uuid        NOT NULL,
        needs_approval boolean  NOT NULL,
        approved_by text,
        opens_at    timestamptz,
        wrapped_key text        NOT NULL,
        salt        text        NOT NULL,
        PRIMARY KEY (tenant_id, export_id),
        CHECK (approved_by IS NULL OR approved_by <> asked_by)
      );
      COMMENT ON TABLE exports IS 'Who took which cases out, why, and who agreed. The file itself is made when it is fetched and kept nowhere';
      COMMENT ON COLUMN exports.honey IS 'Id of the row in the file that stands for no case: whoever looks it up has the file';
      COMMENT ON COLUMN exports.wrapped_key IS 'The key of the passphrase, wrapped by the master key; the passphrase is kept nowhere';
      CREATE UNIQUE INDEX exports_honey ON exports (tenant_id, honey);

      CREATE TABLE export_alerts (
        tenant_id int         NOT NULL,
        id        bigint      GENERATED ALWAYS AS IDENTITY,
        export_id uuid        NOT NULL,
        at        timestamptz NOT NULL,
        reader    text        NOT NULL,
        route     text        NOT NULL,
        trace_id  text        NOT NULL,
        PRIMARY KEY (tenant_id, id)
      );
      COMMENT ON TABLE export_alerts IS 'Somebody looked up the row of an export that stands for no case';
      CREATE TRIGGER export_alerts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON export_alerts
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      GRANT SELECT, INSERT, UPDATE (approved_by, opens_at) ON exports TO spean_program;
      GRANT SELECT, INSERT ON export_alerts TO spean_program;
    `);
    for (const table of ['exports', 'export_alerts']) {
      await queryRunner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
      `);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE export_alerts; DROP TABLE exports');
  }
}
