import type { Clock, Instant } from '#libs/calendar';
import { findAnswer, keepAnswer, VersionConflict, type Answer, type Envelope } from '#libs/case-commands';
import { sqlState, type Database, type DatabaseContext, type Transaction } from '#libs/database';
import { keepChanges, type FieldChange, type Trace } from './history.js';

const uniqueViolation = '23505';

/** A change of a directory on its way, with who asks for it and on which conditions. */
export type DirectoryRequest = Pick<Envelope, 'actor' | 'idempotency'> & { expectedVersion?: number };

/** What a change comes to: the entry's new version, what happened to it, and field by field what is different. */
export interface Written {
  version: number;
  event: string;
  changes: FieldChange[];
}

export interface WritingParts {
  database: Database;
  context: DatabaseContext;
  clock: Clock;
}

/** The one way to change a directory: once for each key, with its trace in the history, in one transaction. */
export class Writing {
  readonly #parts: WritingParts;

  constructor(parts: WritingParts) {
    this.#parts = parts;
  }

  /**
   * @param work undefined where there is no such entry
   * @throws VersionConflict, KeyReused, InvalidEntry
   */
  async write(
    request: DirectoryRequest,
    { subject, id }: Pick<Trace, 'subject' | 'id'>,
    work: (tx: Transaction, now: Instant) => Promise<Written | undefined>,
  ): Promise<Answer | undefined> {
    try {
      return await this.#once(request, { subject, id }, work);
    } catch (error) {
      // The same request was sent twice at the same moment, and the other came first: its answer is there now.
      const answered = sqlState(error) === uniqueViolation ? await this.#answered(request) : undefined;
      if (answered === undefined) throw error;
      return answered;
    }
  }

  async #once(
    request: DirectoryRequest,
    { subject, id }: Pick<Trace, 'subject' | 'id'>,
    work: (tx: Transaction, now: Instant) => Promise<Written | undefined>,
  ): Promise<Answer | undefined> {
    const { database, context, clock } = this.#parts;
    const { actor, idempotency } = request;
    const answered = await this.#answered(request);
    if (answered !== undefined) return answered;
    const at = clock.now();
    return database.unitOfWork.run(context, async (tx) => {
      const written = await work(tx, at);
      if (written === undefined) return undefined;
      const { version, event, changes } = written;
      const answer = { id, version, events: changes.length === 0 ? [] : [event], repeated: false };
      if (changes.length > 0) keepChanges(tx, { subject, id, version, at, by: actor.id }, changes);
      keepAnswer(tx, idempotency, answer);
      return answer;
    });
  }

  #answered({ idempotency }: DirectoryRequest): Promise<Answer | undefined> {
    const { database, context } = this.#parts;
    return database.read(context, (queries) => findAnswer(queries, idempotency));
  }
}

/** @throws VersionConflict when the caller saw another version. */
export function assertSeen({ expectedVersion }: DirectoryRequest, present: number): void {
  if (expectedVersion !== undefined && expectedVersion !== present) throw new VersionConflict('precondition', present);
}
