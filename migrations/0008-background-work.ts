import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the worker has to remember besides the cases: that it lives, and which deadlines it could not fire. */
export class BackgroundWork1764000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE heartbeats (
        tenant_id int         NOT NULL,
        process   text        NOT NULL,
        at        timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, process)
      ) WITH (fillfactor = 50);
      COMMENT ON TABLE heartbeats IS 'When a process of each kind last said that it is alive, by the clock of the database';

      CREATE TABLE deadline_failures (
        tenant_id   int         NOT NULL,
        stream_id   uuid        NOT NULL,
        deadline    text        NOT NULL,
        rung_at     timestamptz NOT NULL,
        attempts    int         NOT NULL,
        failed_at   timestamptz NOT NULL,
        next_try_at timestamptz NOT NULL,
        last_error  text        NOT NULL,
        PRIMARY KEY (tenant_id, stream_id, deadline)
      );
      COMMENT ON TABLE deadline_failures IS
        'Deadlines whose firing failed. A row counts for as long as the deadline waits for that very rung; until next_try_at the others go first';
      COMMENT ON COLUMN deadline_failures.last_error IS 'Name and code of the error, never its text: that could quote a child''s data';
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['heartbeats', 'deadline_failures'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
