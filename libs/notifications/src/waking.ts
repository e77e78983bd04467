import type { Clock } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import type { WakeProcessor, WakeQueue, WakeUp } from '#libs/queues';
import type { Notifier } from './notifier.js';
import { dueNotices, type OwedNotice } from './outbox.js';

export const notificationQueue = 'notifications';

/** The notices owed for a change of a case or facility: one for each escalation or alert it raised. */
export function owedNotices(
  streamId: string,
  events: readonly { type: string }[],
  after: { version: number },
): OwedNotice[] {
  const before = after.version - events.length;
  return events.flatMap(({ type }, index) =>
    type === 'EscalationRaised' || type === 'AlertRaised' ? [{ streamId, version: before + index + 1 }] : [],
  );
}

/** The hint after a commit. Never throws and never takes long; what gets lost here is found by the sweep. */
export async function wakeNotifier(queue: WakeQueue<OwedNotice>, notices: readonly OwedNotice[]): Promise<void> {
  await queue.add(notices.map(wakeUpFor));
}

function wakeUpFor({ streamId, version }: OwedNotice): WakeUp<OwedNotice> {
  return { id: `${streamId}_${version}`, data: { streamId, version } };
}

export function notificationProcessor(notifier: Notifier): WakeProcessor<OwedNotice> {
  return async (notice) => {
    await notifier.notify(notice);
    return undefined;
  };
}

const pageSize = 100;

/** Sends whatever is owed and due, whether or not anything ever woke it. */
export class NotificationSweep {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #notifier: Notifier;
  readonly #clock: Clock;

  constructor(database: Database, context: DatabaseContext, notifier: Notifier, clock: Clock) {
    this.#database = database;
    this.#context = context;
    this.#notifier = notifier;
    this.#clock = clock;
  }

  /** A notice that was tried is not due again for a while, sent or not, so every page is another one. */
  async sweepOnce(): Promise<number> {
    const now = this.#clock.now();
    for (let swept = 0; ;) {
      const page = await this.#database.read(this.#context, (queries) => dueNotices(queries, now, pageSize));
      for (const notice of page) await this.#notifier.notify(notice);
      swept += page.length;
      if (page.length < pageSize) return swept;
    }
  }
}
