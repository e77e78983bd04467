import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of pathways, and overlays of provinces, that were proposed and published: the law as data. */
export class PathwayVersions1764000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE pathway_versions (
        tenant_id        int         NOT NULL,
        stream_id        uuid        NOT NULL,
        version          text        NOT NULL,
        pathway          text        NOT NULL,
        base             text,
        source           text        NOT NULL,
        safety           text[]      NOT NULL,
        approvals_needed int         NOT NULL,
        proposed_by      text        NOT NULL,
        proposed_at      timestamptz NOT NULL,
        approved_by      text[]      NOT NULL,
        effective_on     date,
        published_at     timestamptz,
        effective_from   timestamptz,
        PRIMARY KEY (tenant_id, stream_id, version)
      );
      COMMENT ON TABLE pathway_versions IS
        'Versions of pathways and overlays of provinces since those that the product ships. What was published never changes';
      COMMENT ON COLUMN pathway_versions.source IS 'The definition or overlay in YAML, as it was agreed to';
      COMMENT ON COLUMN pathway_versions.safety IS 'Paths of what protects a child and was changed: then two people must agree';
      COMMENT ON COLUMN pathway_versions.effective_from IS 'Cases begin under it from this moment on';

      GRANT SELECT, INSERT, UPDATE, DELETE ON pathway_versions TO spean_program;
      ALTER TABLE pathway_versions ENABLE ROW LEVEL SECURITY;
      ALTER TABLE pathway_versions FORCE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON pathway_versions
        USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE pathway_versions');
  }
}
