import { Batches, type DatabaseContext, type UnitOfWork } from '#libs/database';

import { append } from './append.js';
import { appendMany } from './append-many.js';
import type { Append } from './chained.js';
import type { StreamHead } from './event.js';

/**
 * Appends for many callers at once, several with one statement, for what writes nothing but the log: imports of history
 * and simulation. Each caller gets an answer of its own, after the commit.
 */
export class BulkAppender {
  readonly #batches: Batches<Append, StreamHead>;

  constructor(unitOfWork: UnitOfWork, context: DatabaseContext) {
    this.#batches = new Batches((members) =>
      unitOfWork.run(context, (tx) => {
        const [first] = members;
        return first !== undefined && members.length === 1 ? [appendOne(tx, first)] : appendMany(tx, members);
      }),
    );
  }

  /** Resolves once the events are committed. Throws what a single append throws. */
  append(member: Append): Promise<StreamHead> {
    return this.#batches.add(member.stream.id, member);
  }
}

function appendOne(tx: Parameters<typeof append>[0], { stream, expectedVersion, events, info }: Append): StreamHead {
  return append(tx, stream, expectedVersion, events, info);
}
