export { Queues, type QueuesOptions, type WakeProcessor } from './queues.js';
export { queueStore, type QueueBackend, type QueueStore } from './store.js';
export { WakeQueue, type WakeUp } from './wake-queue.js';
