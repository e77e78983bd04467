export { heartbeat, sinceHeartbeat } from './heartbeat.js';
export { errorName, pauseAfter } from './retry.js';
export { Rounds } from './rounds.js';
