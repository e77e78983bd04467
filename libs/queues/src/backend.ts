import type { Processor, Queue, Worker } from 'bullmq';

/** What is used of BullMQ: the same on both backends. */
export type AnyQueue = Pick<Queue, 'addBulk' | 'getJobCounts' | 'waitUntilReady' | 'close'> & Failing;
export type AnyWorker = Pick<Worker, 'waitUntilReady' | 'close'> & Failing;

export interface Failing {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface Backend {
  queue(name: string): AnyQueue;
  worker(name: string, processor: Processor, concurrency: number): AnyWorker;
}

/** How long a worker that can't fetch jobs waits before it tries again, in milliseconds. */
export const runRetryDelay = 1_000;
