import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who gives which service where, which families take a child in, and what supervisors and reports read of a case. */
export class DirectoriesAndReports1764000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(directories);
    await queryRunner.query(readModels);
    for (const table of [...kept, ...read])
      await queryRunner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program`);
    await queryRunner.query('GRANT SELECT, INSERT ON directory_changes TO spean_program');
    for (const table of [...kept, ...read, 'directory_changes']) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX referrals_in_service;
      ALTER TABLE referrals DROP COLUMN asked, DROP COLUMN language;
      ALTER TABLE case_summary DROP COLUMN carer;
    `);
    for (const table of ['directory_changes', ...kept, ...read]) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const kept = ['provided_services', 'carers'];
const read = ['unmet_needs', 'case_exceptions', 'case_tracks', 'case_facts', 'case_watchlists'];

const directories = `
  CREATE TABLE provided_services (
    tenant_id   int     NOT NULL,
    entry_id    uuid    NOT NULL,
    version     int     NOT NULL,
    agency      text    NOT NULL,
    service     text    NOT NULL,
    provinces   text[]  NOT NULL,
    districts   text[]  NOT NULL,
    languages   text[]  NOT NULL,
    interpreter boolean NOT NULL,
    capacity    int     NOT NULL CHECK (capacity >= 0),
    starts_on   date    NOT NULL,
    ends_on     date    CHECK (ends_on >= starts_on),
    paused      boolean NOT NULL,
    PRIMARY KEY (tenant_id, entry_id),
    FOREIGN KEY (tenant_id, agency) REFERENCES agencies (tenant_id, id)
  );
  COMMENT ON TABLE provided_services IS 'Which agency gives which service, where, in which languages, to how many children at a time';
  CREATE UNIQUE INDEX provided_services_of ON provided_services (tenant_id, service, agency);

  CREATE TABLE carers (
    tenant_id      int     NOT NULL,
    carer_id       uuid    NOT NULL,
    version        int     NOT NULL,
    kinds          text[]  NOT NULL,
    assessed_on    date    NOT NULL,
    approved_until date    NOT NULL CHECK (approved_until >= assessed_on),
    capacity       int     NOT NULL CHECK (capacity >= 0),
    province       text    NOT NULL,
    district       text    NOT NULL,
    languages      text[]  NOT NULL,
    paused         boolean NOT NULL,
    synthetic      boolean NOT NULL,
    sealed         text,
    PRIMARY KEY (tenant_id, carer_id)
  );
  COMMENT ON TABLE carers IS 'Foster and kinship carers: what a match needs, in clear';
  COMMENT ON COLUMN carers.sealed IS 'Names, telephone and address, sealed with keys of the carer''s own (child_keys.person_id is the carer)';
  CREATE INDEX carers_place ON carers (tenant_id, province, district);

  CREATE TABLE directory_changes (
    tenant_id  int         NOT NULL,
    subject_id uuid        NOT NULL,
    version    int         NOT NULL,
    subject    text        NOT NULL CHECK (subject IN ('service', 'carer')),
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL,
    changes    json        NOT NULL,
    PRIMARY KEY (tenant_id, subject_id, version)
  );
  COMMENT ON TABLE directory_changes IS 'Who changed what in the directories, and when. Rows are added and never changed';
  COMMENT ON COLUMN directory_changes.changes IS 'Field, before and after; of sealed fields the name alone';
`;

const readModels = `
  CREATE TABLE unmet_needs (
    tenant_id   int         NOT NULL,
    stream_id   uuid        NOT NULL,
    need_id     uuid        NOT NULL,
    service     text        NOT NULL,
    why         text        NOT NULL,
    province    text,
    district    text,
    since       timestamptz NOT NULL,
    met_at      timestamptz,
    referral_id uuid,
    PRIMARY KEY (tenant_id, stream_id, need_id)
  ) WITH (fillfactor = 80);
  COMMENT ON TABLE unmet_needs IS 'Services that a child wants and nobody could give, until they are met';
  CREATE INDEX unmet_needs_open ON unmet_needs (tenant_id, service) WHERE met_at IS NULL;

  CREATE TABLE case_exceptions (
    tenant_id    int         NOT NULL,
    stream_id    uuid        NOT NULL,
    exception_id uuid        NOT NULL,
    code         text        NOT NULL,
    kinds        text[]      NOT NULL,
    used_at      timestamptz NOT NULL,
    used_by      text        NOT NULL,
    approved_by  text,
    PRIMARY KEY (tenant_id, stream_id, exception_id)
  ) WITH (fillfactor = 80);
  COMMENT ON TABLE case_exceptions IS 'Exceptions from guardian consent that were used';

  CREATE TABLE case_tracks (
    tenant_id int         NOT NULL,
    stream_id uuid        NOT NULL,
    track     text        NOT NULL,
    line      text        NOT NULL,
    state     text        NOT NULL,
    since     timestamptz NOT NULL,
    states    text[]      NOT NULL,
    PRIMARY KEY (tenant_id, stream_id, track, line)
  ) WITH (fillfactor = 80);
  COMMENT ON TABLE case_tracks IS 'One row a row of a track; line is empty where a track has one alone. states are all that it was ever in';
  CREATE INDEX case_tracks_state ON case_tracks (tenant_id, track, state);

  CREATE TABLE case_facts (
    tenant_id int  NOT NULL,
    stream_id uuid NOT NULL,
    name      text NOT NULL,
    value     text NOT NULL,
    PRIMARY KEY (tenant_id, stream_id, name)
  ) WITH (fillfactor = 80);
  COMMENT ON TABLE case_facts IS 'Facts of the pathway as last recorded: codes, numbers and times, never words about a person';

  CREATE TABLE case_watchlists (
    tenant_id int         NOT NULL,
    stream_id uuid        NOT NULL,
    watchlist     text        NOT NULL,
    since     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, stream_id, watchlist)
  );
  COMMENT ON TABLE case_watchlists IS 'Lists that supervisors watch: a case is on one from since on, which may lie ahead';
  CREATE INDEX case_watchlists_since ON case_watchlists (tenant_id, watchlist, since);

  ALTER TABLE case_summary ADD COLUMN carer text;
  COMMENT ON COLUMN case_summary.carer IS 'Carer of the directory whose place the child takes';
  CREATE INDEX case_summary_carer ON case_summary (tenant_id, carer) WHERE carer IS NOT NULL;

  ALTER TABLE referrals ADD COLUMN asked text[] NOT NULL DEFAULT '{}', ADD COLUMN language text;
  COMMENT ON COLUMN referrals.asked IS 'Every agency that it was ever sent to';
  CREATE INDEX referrals_in_service ON referrals (tenant_id, service, to_agency) WHERE state IN ('ACCEPTED', 'IN_SERVICE');
`;

const guarded = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
