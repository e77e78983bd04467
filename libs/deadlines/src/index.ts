export { fire, type CommandHandler, type Firing } from './firing.js';
export { deadlineProcessor } from './processor.js';
export { DeadlineSweep, type Swept, type SweepParts } from './sweep.js';
export { waitingRungs } from './waiting-rungs.js';
export { deadlineQueue, type WaitingRung } from './wake-up.js';
export { DeadlineRelay, DeadlineWaker } from './waker.js';
