export { heartbeat, sinceHeartbeat, type ProcessKind } from './heartbeat.js';
export { errorName, pauseAfter } from './retry.js';
export { Rounds } from './rounds.js';
