import type { DatabaseContext, UnitOfWork } from '#libs/database';

import { append } from './append.js';
import { appendMany } from './append-many.js';
import type { Append } from './chained.js';
import type { StreamHead } from './event.js';

interface Waiting {
  readonly member: Append;
  readonly resolve: (head: StreamHead) => void;
  readonly reject: (error: unknown) => void;
}

const mostMembers = 64;
const mostInFlight = 2;

/**
 * Appends for many callers at once, several to a commit, for imports, synchronisation and simulation. Each caller gets
 * an answer of its own, after the commit.
 *
 * A batch holds at most one append to a stream, and a stream with an append under way waits, so that members can't get
 * in each other's way. When a batch fails, or leaves a member out, the members run one by one: each gets its own error.
 */
export class BulkAppender {
  readonly #unitOfWork: UnitOfWork;
  readonly #context: DatabaseContext;
  readonly #busy = new Set<string>();
  #queue: Waiting[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(unitOfWork: UnitOfWork, context: DatabaseContext) {
    this.#unitOfWork = unitOfWork;
    this.#context = context;
  }

  /** Resolves once the events are committed. Throws what a single append throws. */
  append(member: Append): Promise<StreamHead> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ member, resolve, reject });
      this.#schedule();
    });
  }

  /** Callers that come in the same turn of the event loop travel together. */
  #schedule(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#start();
      });
    }
  }

  #start(): void {
    while (this.#inFlight < mostInFlight) {
      const batch = this.#takeBatch();
      if (batch.length === 0) {
        return;
      }
      this.#inFlight += 1;
      void this.#run(batch).finally(() => {
        this.#inFlight -= 1;
        batch.forEach(({ member }) => this.#busy.delete(member.stream.id));
        this.#schedule();
      });
    }
  }

  /** An equal share for each batch that may still start, so that one is prepared while another is written. */
  #takeBatch(): Waiting[] {
    const share = Math.ceil(this.#queue.length / (mostInFlight - this.#inFlight));
    const batch: Waiting[] = [];
    this.#queue = this.#queue.filter((waiting) => {
      const { id } = waiting.member.stream;
      if (batch.length === Math.min(share, mostMembers) || this.#busy.has(id)) {
        return true;
      }
      this.#busy.add(id);
      batch.push(waiting);
      return false;
    });
    return batch;
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    const heads = await this.#runTogether(batch.map(({ member }) => member)).catch(() => []);
    await Promise.all(
      batch.map(async ({ member, resolve, reject }, index) => {
        const head = heads[index];
        await (head === undefined ? this.#runAlone(member).then(resolve, reject) : resolve(head));
      }),
    );
  }

  /** The answer is not awaited inside the unit of work, so that COMMIT travels with the statement. */
  async #runTogether(members: readonly Append[]): Promise<(StreamHead | undefined)[]> {
    let heads: Promise<(StreamHead | undefined)[]> = Promise.resolve([]);
    await this.#unitOfWork.run(this.#context, (tx) => {
      heads = appendMany(tx, members);
      heads.catch(() => undefined); // the unit of work throws it, too
    });
    return heads;
  }

  #runAlone({ stream, expectedVersion, events, info }: Append): Promise<StreamHead> {
    return this.#unitOfWork.run(this.#context, (tx) => append(tx, stream, expectedVersion, events, info));
  }
}
