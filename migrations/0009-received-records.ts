import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every record of another system, kept as it was received. */
export class ReceivedRecords1764000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE received_records (
        tenant_id   int         NOT NULL,
        record_id   uuid        NOT NULL,
        system      text        NOT NULL CHECK (system IN ('primero', 'oscar')),
        digest      text        NOT NULL,
        state       text        NOT NULL CHECK (state IN ('received', 'taken_in', 'quarantined')),
        reason      text,
        person_id   uuid        NOT NULL,
        stream_id   uuid,
        received_at timestamptz NOT NULL,
        sealed      text        NOT NULL,
        PRIMARY KEY (tenant_id, record_id)
      );
      COMMENT ON TABLE received_records IS
        'Records of Primero and OSCaR as received, sealed. One that can''t be used waits here, alone, with its reason';
      COMMENT ON COLUMN received_records.person_id IS
        'Whose key seals it: the person it speaks of, or, while it can''t be attributed, an id of its own';
      COMMENT ON COLUMN received_records.reason IS 'Names fields and problems, never a value';
      CREATE UNIQUE INDEX received_records_digest ON received_records (tenant_id, system, digest);
      CREATE INDEX received_records_quarantined ON received_records (tenant_id, received_at) WHERE state = 'quarantined';

      GRANT SELECT, INSERT, UPDATE ON received_records TO spean_program;
      ALTER TABLE received_records ENABLE ROW LEVEL SECURITY;
      ALTER TABLE received_records FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON received_records USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE received_records');
  }
}
