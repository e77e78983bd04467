import type { Database, DatabaseContext } from '#libs/database';

/** An agency that holds, sends or receives cases. */
export interface Agency {
  id: string;
  type: string;
  title: string;
  province: string | null;
  district: string | null;
}

/** The directory of agencies; small enough to be read whole. */
export class Agencies {
  readonly #database: Database;
  readonly #context: DatabaseContext;

  constructor(database: Database, context: DatabaseContext) {
    this.#database = database;
    this.#context = context;
  }

  /** @throws DatabaseUnavailable */
  async all(): Promise<Agency[]> {
    return this.#database.read(this.#context, (queries) =>
      queries.query<Agency>(
        'agencies_all',
        'SELECT id, type, title, province, district FROM agencies WHERE tenant_id = $1 ORDER BY id',
        [queries.context.tenant],
      ),
    );
  }

  /** @throws DatabaseUnavailable */
  async has(id: string): Promise<boolean> {
    const rows = await this.#database.read(this.#context, (queries) =>
      queries.query('agencies_has', 'SELECT FROM agencies WHERE tenant_id = $1 AND id = $2', [
        queries.context.tenant,
        id,
      ]),
    );
    return rows.length > 0;
  }
}
