import type { Processor, Queue, Worker } from 'bullmq';

/** What is used of BullMQ: the same on both backends. */
export type AnyQueue = Pick<Queue, 'addBulk' | 'getJobCounts' | 'waitUntilReady'> & Connected;
export type AnyWorker = Connected;

export interface Connected extends Pick<Worker, 'close'> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  getBackend(): { close(force: boolean): Promise<void> };
}

export interface Backend {
  queue(name: string): AnyQueue;
  worker(name: string, processor: Processor, concurrency: number): AnyWorker;
}
