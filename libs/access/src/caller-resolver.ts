import { performance } from 'node:perf_hooks';

import type { Actor } from '#libs/cases';
import type { Database, DatabaseContext } from '#libs/database';

/** Whoever makes a request: an actor, with where they work and the language they read. */
export interface Caller extends Actor {
  title: string;
  language: 'km' | 'en';
}

type StaffRow = Omit<Caller, 'province' | 'district'> & { province: string | null; district: string | null };

/** Long enough to spare the directory a look-up for each request of a busy caller, short enough to forget a leaver. */
const rememberedForMs = 3_000;
const rememberedAtMost = 5_000;

/** Finds who a caller is in the directory of staff. Those who have left are not found. */
export class CallerResolver {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #remembered = new Map<string, { caller: Caller; until: number }>();

  constructor(database: Database, context: DatabaseContext) {
    this.#database = database;
    this.#context = context;
  }

  /** @throws DatabaseUnavailable */
  async find(staffId: string): Promise<Caller | undefined> {
    const remembered = this.#remembered.get(staffId);
    if (remembered !== undefined && remembered.until > performance.now()) return remembered.caller;
    const caller = await this.#lookUp(staffId);
    if (caller === undefined) {
      this.#remembered.delete(staffId);
      return undefined;
    }
    if (this.#remembered.size >= rememberedAtMost) this.#remembered.clear();
    this.#remembered.set(staffId, { caller, until: performance.now() + rememberedForMs });
    return caller;
  }

  async #lookUp(staffId: string): Promise<Caller | undefined> {
    const [row] = await this.#database.read(this.#context, (queries) =>
      queries.query<StaffRow>(
        'find_caller',
        `SELECT s.id, s.agency, s.roles, s.title, s.province, a.district, s.language
         FROM staff s JOIN agencies a ON a.tenant_id = $1 AND a.id = s.agency
         WHERE s.tenant_id = $1 AND s.id = $2 AND s.active`,
        [queries.context.tenant, staffId],
      ),
    );
    if (row === undefined) return undefined;
    const { province, district, ...caller } = row;
    return { ...caller, ...(province === null ? {} : { province }), ...(district === null ? {} : { district }) };
  }
}
