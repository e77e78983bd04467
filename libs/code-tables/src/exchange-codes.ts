import type { Clock, Instant } from '#libs/calendar';
import { sqlState, type Database, type DatabaseContext } from '#libs/database';
import { codeTables, type CodeEntries, type CodeTableName, type CodeTables } from '#libs/interop';
import { problemsIn, type EntryProblem } from './entry-problems.js';

export interface ExchangeCodesParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
}

/** One version of a table, as somebody made it. */
export interface CodeTableVersion {
  readonly version: number;
  readonly entries: readonly object[];
  readonly reason: string;
  readonly changedBy: string;
  readonly changedAt: Instant;
}

export interface CodeChange {
  readonly entries: readonly unknown[];
  readonly reason: string;
  readonly changedBy: string;
  /** The version that was changed; 0 while only shipped rows are there. */
  readonly after: number;
}

/** Rows that can't be used. */
export class CodesRefused extends Error {
  override readonly name = 'CodesRefused';

  constructor(readonly problems: readonly EntryProblem[]) {
    super(problems.map(({ field, problem }) => `${field}: ${problem}`).join('; '));
  }
}

/** Somebody else changed the table meanwhile. */
export class CodesMoved extends Error {
  override readonly name = 'CodesMoved';

  constructor(readonly version: number) {
    super(`the table is at version ${version}`);
  }
}

const uniqueViolation = '23505';
const tables: readonly CodeTableName[] = ['services', 'agencies', 'statuses', 'provinces'];

/** The code tables of the exchange with other systems: what the program ships, and what administrators changed of it. */
export class ExchangeCodes {
  readonly #parts: ExchangeCodesParts;
  #made: { of: string; tables: CodeTables } | undefined;

  constructor(parts: ExchangeCodesParts) {
    this.#parts = parts;
  }

  /** The tables as they are now, on every process: versions are looked at each time, rows are read when they changed. */
  async inForce(): Promise<CodeTables> {
    const versions = await this.#versions();
    const of = tables.map((table) => versions[table]?.version ?? 0).join('.');
    if (this.#made?.of === of) return this.#made.tables;
    const entries = Object.fromEntries(tables.map((table) => [table, versions[table]?.entries ?? []]));
    const made = codeTables(entries as unknown as CodeEntries);
    this.#made = { of, tables: made };
    return made;
  }

  /** The latest version first; empty while only shipped rows are there. */
  async history(table: CodeTableName): Promise<CodeTableVersion[]> {
    const { database, context } = this.#parts;
    return database.read(context, (queries) =>
      queries.query<CodeTableVersion>('code_table_history', historyText, [context.tenant, table]),
    );
  }

  /**
   * Puts all rows of a table in place of those before.
   *
   * @returns the new version
   * @throws CodesRefused, CodesMoved
   */
  async change(table: CodeTableName, { entries, reason, changedBy, after }: CodeChange): Promise<number> {
    const { database, context, clock } = this.#parts;
    const problems = problemsIn(table, entries);
    if (problems.length > 0) throw new CodesRefused(problems);
    const current = (await this.#versions())[table]?.version ?? 0;
    if (current !== after) throw new CodesMoved(current);
    const values = [context.tenant, table, after + 1, JSON.stringify(entries), reason, changedBy, clock.now()];
    try {
      await database.unitOfWork.run(context, (tx) => tx.query('code_table_change', changeText, values));
    } catch (error) {
      throw sqlState(error) === uniqueViolation ? new CodesMoved(after + 1) : error;
    }
    return after + 1;
  }

  async #versions(): Promise<Partial<Record<CodeTableName, { version: number; entries: object[] }>>> {
    const { database, context } = this.#parts;
    const rows = await database.read(context, (queries) =>
      queries.query<{ name: CodeTableName; version: number; entries: object[] }>('code_tables', latestText, [
        context.tenant,
      ]),
    );
    return Object.fromEntries(rows.map(({ name, ...row }) => [name, row]));
  }
}

const latestText = `SELECT DISTINCT ON (name) name, version, entries FROM code_table_versions
  WHERE tenant_id = $1 ORDER BY name, version DESC`;
const historyText = `SELECT version, entries, reason, changed_by AS "changedBy", changed_at AS "changedAt"
  FROM code_table_versions WHERE tenant_id = $1 AND name = $2 ORDER BY version DESC`;
const changeText = `INSERT INTO code_table_versions (tenant_id, name, version, entries, reason, changed_by, changed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
