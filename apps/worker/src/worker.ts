import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import type { Swept } from '#libs/deadlines';
import type { WorkerParts } from './parts.js';

export const PARTS = Symbol('worker parts');

const pollMs = 10;
/** A round that takes longer is left behind: whatever it does is safe to break off. */
const stopPatienceMs = 4_000;

/** The work that nobody asks for: firing deadlines and telling people. Any number of workers may run. */
@Injectable()
export class Worker implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(PARTS) private readonly parts: WorkerParts) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.parts.work();
    for (const activity of this.parts.activities) activity.start();
    this.parts.log.info('the worker is at work', { queue: this.parts.queues.backend });
  }

  async onApplicationShutdown(): Promise<void> {
    const stopped = Promise.all(this.parts.activities.map((activity) => activity.stop()));
    await Promise.race([stopped, pause(stopPatienceMs)]);
    await this.parts.close();
  }

  /** Fires every deadline whose time has come, counts in closing facilities, then sends every notice, message and record that is due. */
  async sweepOnce(): Promise<Swept> {
    const swept = await this.parts.deadlineSweep.sweepOnce();
    await this.parts.closingSweep.sweepOnce();
    await this.parts.notificationSweep.sweepOnce();
    await this.parts.webhookSender.sweepOnce();
    await this.parts.exchange.sweepOnce();
    return swept;
  }

  /** Queues what comes due soon. */
  relayOnce(): Promise<number> {
    return this.parts.relay.relayOnce();
  }

  /** Resolves when the queues hold nothing that could be done now. */
  async idle(): Promise<void> {
    for (;;) {
      await this.parts.wakeUps.settled();
      if ((await this.parts.queues.countBusy()) === 0) return;
      await pause(pollMs);
    }
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
