import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works where, and what they were told. */
export class DirectoryAndInbox1764000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE agencies (
        tenant_id int  NOT NULL,
        id        text NOT NULL,
        type      text NOT NULL,
        title     text NOT NULL,
        province  text,
        district  text,
        PRIMARY KEY (tenant_id, id)
      );
      COMMENT ON TABLE agencies IS 'Agencies that hold, send or receive cases';

      CREATE TABLE staff (
        tenant_id int     NOT NULL,
        id        text    NOT NULL,
        agency    text    NOT NULL,
        roles     text[]  NOT NULL,
        title     text    NOT NULL,
        province  text,
        email     text,
        language  text    NOT NULL DEFAULT 'km' CHECK (language IN ('km', 'en')),
        active    boolean NOT NULL DEFAULT true,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, agency) REFERENCES agencies (tenant_id, id)
      );
      COMMENT ON TABLE staff IS 'People who work on cases, by role and agency; recipients of escalations are found here';
      CREATE INDEX staff_agency ON staff (tenant_id, agency);

      CREATE TABLE inbox (
        tenant_id  int         NOT NULL,
        stream_id  uuid        NOT NULL,
        version    int         NOT NULL,
        recipient  text        NOT NULL,
        case_code  text        NOT NULL,
        subject    text        NOT NULL,
        overdue    boolean     NOT NULL,
        created_at timestamptz NOT NULL,
        read_at    timestamptz,
        mailed_at  timestamptz,
        PRIMARY KEY (tenant_id, stream_id, version, recipient)
      );
      COMMENT ON TABLE inbox IS 'Notices to staff: a case code and what kind of task, never anything of the child';
      CREATE INDEX inbox_recipient ON inbox (tenant_id, recipient, created_at DESC);
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['agencies', 'staff', 'inbox'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
