import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an append to many streams hands over: rows, so that one array carries what would take one for each column. */
export class AppendedRows1764000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TYPE appended_stream AS (
        stream_id  uuid,
        expected   int,
        version    int,
        category   text,
        previous   bytea,
        head       bytea,
        command_id uuid
      );
      CREATE TYPE appended_event AS (
        stream_id   uuid,
        version     int,
        command_id  uuid,
        command_ord smallint,
        recorded_at timestamptz,
        meta        json,
        type        text,
        schema_ver  smallint,
        occurred_at timestamptz,
        precision   text,
        data        json,
        sealed      text,
        hash        bytea
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TYPE appended_event; DROP TYPE appended_stream;');
  }
}
