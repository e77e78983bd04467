interface Waiting<Member, Answer> {
  readonly key: string;
  readonly member: Member;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

const mostMembers = 32;
const mostInFlight = 2;

/**
 * Gathers what many callers want done at the same moment, so that several of them share one run. The callers of one turn
 * of the event loop are shared out over the runs that may still start: one is prepared while another is under way.
 *
 * A run holds at most one member of a key, and a key with a run under way waits, so that members can't get in each other's
 * way; within a run they stand in the order of their keys, so that two runs can't wait for each other. When a run of
 * several throws, its members run one by one, and each gets its own answer or error.
 */
export class Batches<Member, Answer> {
  readonly #run: (members: readonly Member[]) => Promise<readonly Answer[]>;
  readonly #busy = new Set<string>();
  #queue: Waiting<Member, Answer>[] = [];
  #inFlight = 0;
  #scheduled = false;

  /** @param run answers its members in turn. */
  constructor(run: (members: readonly Member[]) => Promise<readonly Answer[]>) {
    this.#run = run;
  }

  add(key: string, member: Member): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ key, member, resolve, reject });
      if (this.#inFlight === 0 && !this.#scheduled) {
        this.#start();
      } else {
        this.#schedule();
      }
    });
  }

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
      void this.#answer(batch).finally(() => {
        this.#inFlight -= 1;
        batch.forEach(({ key }) => this.#busy.delete(key));
        this.#schedule();
      });
    }
  }

  #takeBatch(): Waiting<Member, Answer>[] {
    const share = Math.min(mostMembers, Math.ceil(this.#queue.length / (mostInFlight - this.#inFlight)));
    const batch: Waiting<Member, Answer>[] = [];
    this.#queue = this.#queue.filter((waiting) => {
      if (batch.length === share || this.#busy.has(waiting.key)) {
        return true;
      }
      this.#busy.add(waiting.key);
      batch.push(waiting);
      return false;
    });
    return batch.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  async #answer(batch: readonly Waiting<Member, Answer>[]): Promise<void> {
    try {
      const answers = await this.#run(batch.map(({ member }) => member));
      batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      await (batch.length === 1 ? batch[0]?.reject(error) : Promise.all(batch.map((one) => this.#answer([one]))));
    }
  }
}
