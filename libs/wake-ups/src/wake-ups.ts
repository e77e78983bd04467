import type { Clock } from '#libs/calendar';
import type { AfterCommit } from '#libs/case-commands';
import { deadlineQueue, DeadlineWaker, waitingRungs, type WaitingRung } from '#libs/deadlines';
import { notificationQueue, owedNotices, wakeNotifier, type OwedNotice } from '#libs/notifications';
import type { Queues } from '#libs/queues';

/** The hints that every process gives after it has changed a case or facility: what is due soon, and who is to be told. */
export class WakeUps {
  readonly afterCommit: AfterCommit;
  readonly #given = new Set<Promise<void>>();

  private constructor(wake: (...change: Parameters<AfterCommit>) => Promise<void>[]) {
    this.afterCommit = (change) => {
      for (const given of wake(change)) {
        this.#given.add(given);
        void given.finally(() => this.#given.delete(given));
      }
    };
  }

  static async over(queues: Queues, clock: Clock): Promise<WakeUps> {
    const [deadlines, notices] = await Promise.all([
      queues.queue<WaitingRung>(deadlineQueue),
      queues.queue<OwedNotice>(notificationQueue),
    ]);
    const waker = new DeadlineWaker(deadlines, clock);
    return new WakeUps(({ streamId, events, after }) => [
      waker.wake(waitingRungs(streamId, after)),
      wakeNotifier(notices, owedNotices(streamId, events, after)),
    ]);
  }

  /** Resolves when every hint given so far is in the queue or lost; that takes a fraction of a second at most. */
  async settled(): Promise<void> {
    await Promise.all(this.#given);
  }
}
