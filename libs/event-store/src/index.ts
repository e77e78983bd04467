export { append } from './append.js';
export { ConcurrencyConflict, DuplicateCommand, OrderRetry, StreamErased } from './errors.js';
export type { AppendInfo, EventMeta, EventToAppend, StoredEvent, StreamHead, StreamRef } from './event.js';
export { beginningOfFeed, feedChannel, readFeed, type Checkpoint, type FeedEvent } from './feed.js';
export { head, load, type LoadOptions } from './load.js';
export { upcasting, type Upcast, type UpcastStep, type UpcastSteps } from './upcasting.js';
