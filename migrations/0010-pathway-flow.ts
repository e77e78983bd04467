import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How cases move through the pathways, in numbers: follows the feed with a checkpoint of its own. */
export class PathwayFlow1764000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE flow_cases (
        tenant_id  int  NOT NULL,
        stream_id  uuid NOT NULL,
        projection int  NOT NULL,
        province   text NOT NULL,
        pathway    text,
        PRIMARY KEY (tenant_id, stream_id, projection)
      );
      COMMENT ON TABLE flow_cases IS 'What pathway_flow has to remember of a case between two events';

      CREATE TABLE pathway_flow (
        tenant_id  int    NOT NULL,
        projection int    NOT NULL,
        month      date   NOT NULL,
        pathway    text   NOT NULL,
        transition text   NOT NULL,
        province   text   NOT NULL,
        count      bigint NOT NULL,
        PRIMARY KEY (tenant_id, projection, month, pathway, transition, province)
      );
      COMMENT ON TABLE pathway_flow IS
        'Transitions taken by month (of recording), pathway and province. Numbers under five are never shown to anybody';
      COMMENT ON COLUMN pathway_flow.projection IS 'Version of the projection: a new one is built beside the one in use';
    `);
    for (const table of tables) await queryRunner.query(guarded(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
  }
}

const tables = ['flow_cases', 'pathway_flow'];

const guarded = (table: string) => `
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO spean_program;
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = nullif(current_setting('spean.tenant', true), '')::int);
`;
