import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people see of a case, its referrals and its deadlines next: written in the command's own transaction. */
export class CaseReadModels1764000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE case_summary (
        tenant_id    int         NOT NULL,
        stream_id    uuid        NOT NULL,
        version      int         NOT NULL,
        code         text        NOT NULL,
        person_id    uuid        NOT NULL,
        pathway      text,
        state        text,
        phase        text,
        ended        boolean     NOT NULL,
        risk         text,
        owner        text,
        agency       text        NOT NULL,
        province     text,
        district     text,
        received_from text,
        opened_at    timestamptz NOT NULL,
        entered_at   timestamptz,
        last_contact_at timestamptz,
        conflicts    text[]      NOT NULL,
        synthetic    boolean     NOT NULL,
        PRIMARY KEY (tenant_id, stream_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE case_summary IS 'One row a case, without anything that names the child';
      COMMENT ON COLUMN case_summary.conflicts IS 'Staff, agencies and facilities in conflict of interest: they are never told anything of this case';
      CREATE UNIQUE INDEX case_summary_code ON case_summary (tenant_id, code);
      CREATE INDEX case_summary_owner ON case_summary (tenant_id, owner) WHERE NOT ended;
      CREATE INDEX case_summary_agency ON case_summary (tenant_id, agency) WHERE NOT ended;
      CREATE INDEX case_summary_person ON case_summary (tenant_id, person_id);

      CREATE TABLE deadlines (
        tenant_id    int         NOT NULL,
        stream_id    uuid        NOT NULL,
        deadline     text        NOT NULL,
        definition   text        NOT NULL,
        occurrence   int         NOT NULL,
        subject      text,
        status       text        NOT NULL CHECK (status IN ('armed', 'met', 'cancelled')),
        started_at   timestamptz NOT NULL,
        due_at       timestamptz NOT NULL,
        met_at       timestamptz,
        in_time      boolean,
        recorded_late boolean,
        ladder       text        NOT NULL,
        confirmed    boolean     NOT NULL,
        closed_on_arrival boolean NOT NULL,
        rungs_reached int[]      NOT NULL,
        next_rung_at timestamptz,
        PRIMARY KEY (tenant_id, stream_id, deadline)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE deadlines IS 'One row an armed deadline; a change of the due time makes a new one. next_rung_at is what wakes it';
      CREATE INDEX deadlines_next_rung ON deadlines (tenant_id, next_rung_at) WHERE status = 'armed' AND next_rung_at IS NOT NULL;
      CREATE INDEX deadlines_open ON deadlines (tenant_id, due_at) WHERE status = 'armed';

      CREATE TABLE escalations (
        tenant_id  int         NOT NULL,
        stream_id  uuid        NOT NULL,
        deadline   text        NOT NULL,
        rung       int         NOT NULL,
        version    int         NOT NULL,
        raised_at  timestamptz NOT NULL,
        recipients text[]      NOT NULL,
        action     text,
        overdue    boolean     NOT NULL,
        PRIMARY KEY (tenant_id, stream_id, deadline, rung)
      );
      COMMENT ON TABLE escalations IS 'Each rung of each deadline once: the key is the promise';

      CREATE TABLE referrals (
        tenant_id   int         NOT NULL,
        stream_id   uuid        NOT NULL,
        referral_id uuid        NOT NULL,
        type        text        NOT NULL,
        service     text        NOT NULL,
        urgency     text        NOT NULL,
        from_agency text        NOT NULL,
        to_agency   text        NOT NULL,
        state       text        NOT NULL,
        state_at    timestamptz NOT NULL,
        sent_at     timestamptz,
        attempt     int         NOT NULL,
        rejection_reason text,
        system      text,
        PRIMARY KEY (tenant_id, stream_id, referral_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE referrals IS 'One row a requested service';
      CREATE INDEX referrals_unanswered ON referrals (tenant_id, to_agency, sent_at) WHERE state IN ('SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'EXPIRED');

      CREATE TABLE foreign_identifiers (
        tenant_id int  NOT NULL,
        stream_id uuid NOT NULL,
        system    text NOT NULL,
        name      text NOT NULL,
        value     text NOT NULL,
        PRIMARY KEY (tenant_id, stream_id, system, name)
      );
      COMMENT ON TABLE foreign_identifiers IS 'How other systems call a case: their record ids, never a name or a number of a person';
      CREATE INDEX foreign_identifiers_value ON foreign_identifiers (tenant_id, value);

      CREATE TABLE person_summary (
        tenant_id int     NOT NULL,
        stream_id uuid    NOT NULL,
        version   int     NOT NULL,
        sex       text    NOT NULL,
        age_band  text    NOT NULL,
        province  text,
        district  text,
        synthetic boolean NOT NULL,
        PRIMARY KEY (tenant_id, stream_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE person_summary IS 'One row a person: what may stand in clear, enough for honest numbers, not enough to find a child';
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['case_summary', 'deadlines', 'escalations', 'referrals', 'foreign_identifiers', 'person_summary'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
