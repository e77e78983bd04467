import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed statements of where the log stood, and how far each place outside has got them. */
export class LogCheckpoints1764000000046 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE log_checkpoints (
        tenant_id int         NOT NULL,
        sequence  int         NOT NULL,
        taken_at  timestamptz NOT NULL,
        cut       bigint      NOT NULL,
        signed    text        NOT NULL,
        signature text        NOT NULL,
        heads     text        NOT NULL,
        PRIMARY KEY (tenant_id, sequence)
      );
      COMMENT ON TABLE log_checkpoints IS
        'Signed checkpoints of the heads of all chains: the database''s own copy. Only those kept elsewhere prove anything';
      COMMENT ON COLUMN log_checkpoints.cut IS 'It covers what transactions with a lower id have written';
      COMMENT ON COLUMN log_checkpoints.signed IS 'The exact text that was signed';
      COMMENT ON COLUMN log_checkpoints.heads IS 'A line for each stream that grew since the checkpoint before; its digest is in the signed text';
      CREATE TRIGGER log_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE checkpoint_sinks (
        tenant_id       int  NOT NULL,
        sink            text NOT NULL,
        delivered_up_to int  NOT NULL,
        failing_since   timestamptz,
        failed_because  text,
        PRIMARY KEY (tenant_id, sink),
        CHECK ((failing_since IS NULL) = (failed_because IS NULL))
      );
      COMMENT ON TABLE checkpoint_sinks IS 'How far each place that keeps checkpoints has got them';
      COMMENT ON COLUMN checkpoint_sinks.failed_because IS 'Name and code of the error, never its text';

      GRANT SELECT, INSERT ON log_checkpoints TO spean_program;
      GRANT SELECT, INSERT, UPDATE ON checkpoint_sinks TO spean_program;
    `);
    for (const table of ['log_checkpoints', 'checkpoint_sinks']) {
      await queryRunner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
      `);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE checkpoint_sinks; DROP TABLE log_checkpoints');
  }
}
