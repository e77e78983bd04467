import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records exchanged with instances of Primero and OSCaR: what is owed to each, what was sent, and how it fares. */
export class Exchange1764000000050 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE exchange_owed (
        tenant_id   int         NOT NULL,
        target      text        NOT NULL,
        stream_id   uuid        NOT NULL,
        version     bigint      NOT NULL DEFAULT 1,
        urgent      boolean     NOT NULL,
        owed_since  timestamptz NOT NULL,
        next_try_at timestamptz NOT NULL,
        attempts    int         NOT NULL DEFAULT 0,
        refusals    int         NOT NULL DEFAULT 0,
        last_error  text,
        parked_at   timestamptz,
        claim       uuid,
        PRIMARY KEY (tenant_id, target, stream_id)
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE exchange_owed IS
        'Cases that a target has to be told of: as they stand when it is told, however much happened in between';
      COMMENT ON COLUMN exchange_owed.version IS 'Moves on with every change, so that one that comes while it is told is told, too';
      COMMENT ON COLUMN exchange_owed.refusals IS 'How often the target itself answered that it could not take this one';
      COMMENT ON COLUMN exchange_owed.parked_at IS 'Waits for a person, or for the next change of the case';
      COMMENT ON COLUMN exchange_owed.claim IS 'Whoever sends it now; counts until next_try_at';
      CREATE INDEX exchange_owed_due ON exchange_owed (tenant_id, target, urgent DESC, owed_since) WHERE parked_at IS NULL;

      CREATE TABLE sent_records (
        tenant_id    int         NOT NULL,
        sent_id      uuid        NOT NULL,
        target       text        NOT NULL,
        stream_id    uuid        NOT NULL,
        person_id    uuid        NOT NULL,
        version      int         NOT NULL,
        kind         text        NOT NULL CHECK (kind IN ('case', 'referral', 'decision', 'link')),
        referral_id  uuid,
        recipient    text        NOT NULL,
        foreign_key  text,
        digest       text        NOT NULL,
        state        text        NOT NULL
                     CHECK (state IN ('pending', 'sent', 'confirmed', 'quarantined', 'parked', 'ignored')),
        reason       text,
        findings     text[]      NOT NULL DEFAULT '{}',
        attempts     int         NOT NULL DEFAULT 0,
        last_status  int,
        sealed       text,
        created_at   timestamptz NOT NULL,
        tried_at     timestamptz,
        settled_at   timestamptz,
        PRIMARY KEY (tenant_id, sent_id)
      );
      COMMENT ON TABLE sent_records IS 'Every record as it was sent, sealed with the keys of the child; and each that was not, with the reason';
      COMMENT ON COLUMN sent_records.version IS 'Of the case, as it was told';
      COMMENT ON COLUMN sent_records.digest IS 'Of the record, keyed by nothing: the same record is not sent twice';
      COMMENT ON COLUMN sent_records.foreign_key IS 'How the target calls a referral that it took';
      COMMENT ON COLUMN sent_records.findings IS 'Fields that the target did not keep as they were sent; names, never values';
      COMMENT ON COLUMN sent_records.reason IS 'A code, or names of fields; never a value';
      CREATE INDEX sent_records_of_case ON sent_records (tenant_id, target, stream_id, created_at DESC);
      CREATE INDEX sent_records_by_time ON sent_records (tenant_id, created_at DESC, sent_id);

      CREATE TABLE exchange_targets (
        tenant_id    int  NOT NULL,
        target       text NOT NULL,
        failures     int  NOT NULL DEFAULT 0,
        open_until   timestamptz,
        paused_until timestamptz,
        last_ok_at   timestamptz,
        last_error   text,
        cursor       text,
        pulled_at    timestamptz,
        pull_claim_until timestamptz,
        PRIMARY KEY (tenant_id, target)
      );
      COMMENT ON TABLE exchange_targets IS 'How each target fares: its circuit breaker, and up to where it was read';
      COMMENT ON COLUMN exchange_targets.open_until IS 'Nobody asks it before; then one asks, and the others wait for what comes of it';

      ALTER TABLE received_records ADD COLUMN target text;
      ALTER TABLE received_records ADD COLUMN attempts int NOT NULL DEFAULT 1;
      ALTER TABLE received_records ADD COLUMN settled_at timestamptz;
      ALTER TABLE received_records ADD COLUMN corrects uuid;
      COMMENT ON COLUMN received_records.target IS 'The instance it was read from; null when it was brought here';
      COMMENT ON COLUMN received_records.corrects IS 'The unusable record that a person put this one in place of';
      ALTER TABLE received_records DROP CONSTRAINT received_records_state_check;
      ALTER TABLE received_records ADD CONSTRAINT received_records_state_check
        CHECK (state IN ('received', 'taken_in', 'quarantined', 'ignored', 'erased'));
      CREATE INDEX received_records_by_time ON received_records (tenant_id, received_at DESC, record_id);
      CREATE INDEX received_records_of_case ON received_records (tenant_id, stream_id);
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX received_records_of_case;
      DROP INDEX received_records_by_time;
      DELETE FROM received_records WHERE state = 'ignored';
      ALTER TABLE received_records DROP CONSTRAINT received_records_state_check;
      ALTER TABLE received_records ADD CONSTRAINT received_records_state_check
        CHECK (state IN ('received', 'taken_in', 'quarantined', 'erased'));
      ALTER TABLE received_records DROP COLUMN corrects;
      ALTER TABLE received_records DROP COLUMN settled_at;
      ALTER TABLE received_records DROP COLUMN attempts;
      ALTER TABLE received_records DROP COLUMN target;
    `);
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['exchange_owed', 'sent_records', 'exchange_targets'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
