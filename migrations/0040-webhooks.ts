import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agencies that are told by their own system that something happened to a case of theirs. */
export class Webhooks1764000000040 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE webhook_subscriptions (
        tenant_id  int         NOT NULL,
        id         uuid        NOT NULL,
        agency     text        NOT NULL,
        url        text        NOT NULL,
        events     text[]      NOT NULL,
        created_at timestamptz NOT NULL,
        ended_at   timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, agency) REFERENCES agencies (tenant_id, id)
      );
      COMMENT ON TABLE webhook_subscriptions IS 'Where an agency wants to be told of events on its own cases and referrals';

      CREATE TABLE webhook_secrets (
        tenant_id       int         NOT NULL,
        subscription_id uuid        NOT NULL,
        generation      int         NOT NULL,
        wrapped         text        NOT NULL,
        created_at      timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, subscription_id, generation),
        FOREIGN KEY (tenant_id, subscription_id) REFERENCES webhook_subscriptions (tenant_id, id)
      );
      COMMENT ON TABLE webhook_secrets IS 'What messages are signed with, wrapped by the master key; the latest two count';

      CREATE TABLE webhook_deliveries (
        tenant_id       int         NOT NULL,
        subscription_id uuid        NOT NULL,
        stream_id       uuid        NOT NULL,
        version         int         NOT NULL,
        event           text        NOT NULL,
        referral_id     uuid,
        deadline        text,
        occurred_at     timestamptz NOT NULL,
        attempts        int         NOT NULL DEFAULT 0,
        next_try_at     timestamptz NOT NULL,
        done_at         timestamptz,
        given_up_at     timestamptz,
        last_error      text,
        PRIMARY KEY (tenant_id, subscription_id, stream_id, version)
      );
      COMMENT ON TABLE webhook_deliveries IS 'Each message owed, and what became of it. Ids and codes only';
      COMMENT ON COLUMN webhook_deliveries.last_error IS 'Name and code of the error or the status, never a text';
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (tenant_id, next_try_at)
        WHERE done_at IS NULL AND given_up_at IS NULL;
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['webhook_subscriptions', 'webhook_secrets', 'webhook_deliveries'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
