import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register of facilities, and who lived where from when to when: written in the command's own transaction. */
export class FacilityRegister1764000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE facility_summary (
        tenant_id    int         NOT NULL,
        stream_id    uuid        NOT NULL,
        version      int         NOT NULL,
        code         text        NOT NULL,
        type         text        NOT NULL,
        state        text        NOT NULL,
        state_since  timestamptz NOT NULL,
        known_since  timestamptz NOT NULL,
        province     text        NOT NULL,
        district     text        NOT NULL,
        village      text,
        capacity     int,
        reported_children int,
        agency       text        NOT NULL,
        owner        text,
        closes_on    date,
        inspected_at timestamptz,
        accused      boolean     NOT NULL,
        synthetic    boolean     NOT NULL,
        PRIMARY KEY (tenant_id, stream_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE facility_summary IS 'One row a facility; its name and where exactly it lies are not among them';
      COMMENT ON COLUMN facility_summary.code IS 'How cases, agencies and staff name it';
      COMMENT ON COLUMN facility_summary.accused IS
        'An allegation stands: nobody who works there is told anything of a child who lives or lived there';
      CREATE UNIQUE INDEX facility_summary_code ON facility_summary (tenant_id, code);

      CREATE TABLE facility_history (
        tenant_id   int         NOT NULL,
        stream_id   uuid        NOT NULL,
        version     int         NOT NULL,
        recorded_at timestamptz NOT NULL,
        state       text        NOT NULL,
        capacity    int,
        PRIMARY KEY (tenant_id, stream_id, version)
      );
      COMMENT ON TABLE facility_history IS 'State and capacity of a facility as they were known from a moment on';

      CREATE TABLE facility_stays (
        tenant_id   int         NOT NULL,
        stream_id   uuid        NOT NULL,
        stay        int         NOT NULL,
        person_id   uuid        NOT NULL,
        facility    text,
        track       text,
        held_in     text,
        from_at     timestamptz NOT NULL,
        until_at    timestamptz,
        recorded_at timestamptz NOT NULL,
        end_recorded_at timestamptz,
        replaced_at timestamptz,
        PRIMARY KEY (tenant_id, stream_id, stay)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE facility_stays IS
        'Who lived or was held where, as a case tells it. What was known at a moment is what was recorded by then and not replaced yet';
      COMMENT ON COLUMN facility_stays.facility IS 'Code of the facility; null when a child is held nobody said where';
      COMMENT ON COLUMN facility_stays.held_in IS 'State of the track in which the child is deprived of liberty; null: in care';
      CREATE INDEX facility_stays_facility ON facility_stays (tenant_id, facility);
      CREATE INDEX facility_stays_person ON facility_stays (tenant_id, person_id);
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['facility_summary', 'facility_history', 'facility_stays'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
