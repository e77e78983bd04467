import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was shown which child's record, when and what for. */
export class ReadAudit1764000000047 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE read_audit (
        tenant_id  int         NOT NULL,
        id         bigint      GENERATED ALWAYS AS IDENTITY,
        txid       bigint      NOT NULL DEFAULT txid_current() + txid_base(),
        at         timestamptz NOT NULL,
        reader     text        NOT NULL,
        agency     text,
        roles      text[]      NOT NULL,
        relations  text[]      NOT NULL,
        purpose    text        NOT NULL,
        route      text        NOT NULL,
        case_ids   uuid[]      NOT NULL,
        person_ids uuid[]      NOT NULL,
        classes    text[]      NOT NULL,
        trace_id   text        NOT NULL,
        PRIMARY KEY (tenant_id, id)
      );
      COMMENT ON TABLE read_audit IS
        'One row for each answer that showed a child''s record, written before the answer left. Rows are added and never changed or removed';
      COMMENT ON COLUMN read_audit.txid IS 'Which checkpoint covers the row: readers share no row and no chain, so none waits for another';
      COMMENT ON COLUMN read_audit.agency IS 'Null where the program itself read';
      COMMENT ON COLUMN read_audit.classes IS 'Field classes that were opened';
      CREATE INDEX read_audit_window ON read_audit (txid);
      CREATE INDEX read_audit_cases ON read_audit USING gin (case_ids) WITH (fastupdate = on);
      CREATE INDEX read_audit_persons ON read_audit USING gin (person_ids) WITH (fastupdate = on);
      CREATE TRIGGER read_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON read_audit
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      GRANT SELECT, INSERT ON read_audit TO spean_program;
      ALTER TABLE read_audit ENABLE ROW LEVEL SECURITY;
      ALTER TABLE read_audit FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON read_audit USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE read_audit');
  }
}
