import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The data keys that a child's fields are sealed with. */
export class ChildKeys1764000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE child_keys (
        tenant_id     int         NOT NULL,
        person_id     uuid        NOT NULL,
        field_class   text        NOT NULL
          CHECK (field_class IN ('identity', 'location', 'narrative', 'medical_legal', 'perpetrator')),
        key_id        uuid        NOT NULL,
        master_key_id text        NOT NULL,
        wrapped       text,
        created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        destroyed_at  timestamptz,
        PRIMARY KEY (tenant_id, person_id, field_class),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      );
      COMMENT ON TABLE child_keys IS
        'One data key a child and field class, wrapped by the master key. Destroying it makes everything sealed with it unreadable for good; the row stays, so that no new key takes its place';

      GRANT SELECT, INSERT ON child_keys TO spean_program;
      GRANT UPDATE (master_key_id, wrapped, destroyed_at) ON child_keys TO spean_program;
      ALTER TABLE child_keys ENABLE ROW LEVEL SECURITY;
      ALTER TABLE child_keys FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON child_keys USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE child_keys');
  }
}
