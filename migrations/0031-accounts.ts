import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How members of staff prove who they are, the sessions that follow, and a record of all that happens to both. */
export class Accounts1764000000031 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE accounts (
        tenant_id       int         NOT NULL,
        staff_id        text        NOT NULL,
        password_hash   text,
        password_set_at timestamptz,
        totp_secret     text,
        totp_offered    text,
        totp_step       bigint      NOT NULL DEFAULT 0,
        demonstration   boolean     NOT NULL DEFAULT false,
        opened_at       timestamptz NOT NULL,
        closed_at       timestamptz,
        PRIMARY KEY (tenant_id, staff_id),
        FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id)
      );
      COMMENT ON TABLE accounts IS 'How a member of staff proves to be that person; roles and agency stand in staff';
      COMMENT ON COLUMN accounts.totp_secret IS 'Wrapped by the master key, bound to the account';
      COMMENT ON COLUMN accounts.totp_offered IS 'A secret shown and not confirmed yet, wrapped alike';
      COMMENT ON COLUMN accounts.totp_step IS 'Time step of the last code that was accepted: no code counts twice';
      COMMENT ON COLUMN accounts.demonstration IS 'Its password is printed at the start; production does not serve while there is one';

      CREATE TABLE sessions (
        tenant_id  int         NOT NULL,
        id         uuid        NOT NULL,
        staff_id   text        NOT NULL,
        token_hash bytea       NOT NULL,
        stage      text        NOT NULL CHECK (stage IN ('second_factor', 'enrolment', 'open')),
        browser    boolean     NOT NULL,
        device     text        NOT NULL,
        opened_at  timestamptz NOT NULL,
        seen_at    timestamptz NOT NULL,
        proved_at  timestamptz,
        ended_at   timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, staff_id) REFERENCES accounts (tenant_id, staff_id)
      );
      COMMENT ON TABLE sessions IS 'Who is signed in where. Of the token there is its SHA-256 alone';
      COMMENT ON COLUMN sessions.stage IS 'What the session may do: give the second factor, enrol one, or all that its owner may';
      COMMENT ON COLUMN sessions.browser IS 'The token travels in a cookie, so that changes need the CSRF header, too';
      COMMENT ON COLUMN sessions.proved_at IS 'When its owner last gave the strongest proof asked of them';
      CREATE UNIQUE INDEX sessions_token ON sessions (tenant_id, token_hash);
      CREATE INDEX sessions_of ON sessions (tenant_id, staff_id, opened_at);

      CREATE TABLE sign_in_failures (
        tenant_id    int         NOT NULL,
        kind         text        NOT NULL CHECK (kind IN ('account', 'address')),
        subject      bytea       NOT NULL,
        failures     int         NOT NULL,
        last_at      timestamptz NOT NULL,
        locked_until timestamptz,
        PRIMARY KEY (tenant_id, kind, subject)
      );
      COMMENT ON TABLE sign_in_failures IS
        'Failures to sign in by name given and by network address, each as a keyed digest: names that nobody has are counted like others';

      CREATE TABLE invitations (
        tenant_id  int         NOT NULL,
        id         uuid        NOT NULL,
        staff_id   text        NOT NULL,
        token_hash bytea       NOT NULL,
        invited_by text        NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at    timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id)
      );
      COMMENT ON TABLE invitations IS 'Lets a member of staff set a password and a second factor, once';
      CREATE UNIQUE INDEX invitations_token ON invitations (tenant_id, token_hash);
      CREATE INDEX invitations_of ON invitations (tenant_id, staff_id);

      CREATE TABLE identity_events (
        tenant_id  int         NOT NULL,
        id         uuid        NOT NULL,
        at         timestamptz NOT NULL,
        kind       text        NOT NULL,
        subject    text,
        by         text,
        session_id uuid,
        detail     text,
        PRIMARY KEY (tenant_id, id)
      );
      COMMENT ON TABLE identity_events IS 'What happened to accounts, sessions and keys: ids and codes. Rows are added and never changed';
      COMMENT ON COLUMN identity_events.subject IS 'The account; empty where the name given is nobody''s, for people type passwords into the wrong field';
      CREATE INDEX identity_events_of ON identity_events (tenant_id, subject, at);
      CREATE TRIGGER identity_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity_events
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      GRANT SELECT, INSERT, UPDATE ON accounts TO spean_program;
      GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, sign_in_failures, invitations TO spean_program;
      GRANT SELECT, INSERT ON identity_events TO spean_program;
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['accounts', 'sessions', 'sign_in_failures', 'invitations', 'identity_events'];

const guarded = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
