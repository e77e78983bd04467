import type { Instant } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';

import type { Purpose } from './purposes.js';

/** Somebody was shown something of children's records. */
export interface ReadOfRecords {
  /** The member of staff, or the part of the program. */
  readonly reader: string;
  /** Null where the program itself read. */
  readonly agency: string | null;
  readonly roles: readonly string[];
  readonly purpose: Purpose;
  /** The pattern, never the address. */
  readonly route: string;
  readonly caseIds: readonly string[];
  readonly personIds: readonly string[];
  readonly classes: readonly string[];
  readonly traceId: string;
  readonly at: Instant;
}

/** A read left no trace, so nothing may be shown. */
export class ReadNotRecorded extends Error {
  override readonly name = 'ReadNotRecorded';
}

/**
 * How the reader stood to the cases is worked out at the same moment and stays as it was; the children of the cases are
 * added, so that one look-up by child finds all that was read of it.
 */
const insertText = `
  WITH seen AS (
    SELECT person_id, CASE WHEN owner = $3 THEN 'owner' WHEN agency = $4 THEN 'same_agency' ELSE 'other' END AS relation
    FROM case_summary WHERE tenant_id = $1 AND stream_id = ANY ($8::uuid[]))
  INSERT INTO read_audit (tenant_id, at, reader, agency, roles, purpose, route, case_ids, person_ids, classes, trace_id,
    relations)
  VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8::uuid[],
    ARRAY(SELECT person_id FROM seen UNION SELECT unnest($9::uuid[])), $10::text[], $11,
    ARRAY(SELECT DISTINCT relation FROM seen ORDER BY relation))`;

/** Writes who was shown what. Readers of one moment share a commit and wait for nobody's row. */
export class ReadAudit {
  readonly #database: Database;
  readonly #context: DatabaseContext;

  constructor({ database, context }: { database: Database; context: DatabaseContext }) {
    this.#database = database;
    this.#context = context;
  }

  /**
   * Resolves once it is durable; only then may the answer leave.
   *
   * @throws ReadNotRecorded
   */
  async record(read: ReadOfRecords): Promise<void> {
    const { reader, agency, roles, purpose, route, caseIds, personIds, classes, traceId, at } = read;
    const who = [this.#context.tenant, at, reader, agency, roles, purpose, route];
    try {
      await this.#database.unitOfWork.run(this.#context, (tx) =>
        tx.send('read_audit_add', insertText, [...who, caseIds, personIds, classes, traceId]),
      );
    } catch (error) {
      throw new ReadNotRecorded('a read could not be recorded', { cause: error });
    }
  }
}
