import type { Processor, Queue, Worker } from 'bullmq';

/** What is used of BullMQ: the same on both backends. */
export type AnyQueue = Pick<Queue, 'addBulk' | 'getJobCounts' | 'waitUntilReady' | 'close'> & Errors;
export type AnyWorker = Pick<Worker, 'waitUntilReady' | 'close'> & Errors;

interface Errors {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface Backend {
  queue(name: string): AnyQueue;
  worker(name: string, processor: Processor, concurrency: number): AnyWorker;
}
