import type { Instant } from './instant.js';

/** The one port for time. Core code is handed the current instant; only shell code holds a clock. */
export interface Clock {
  now(): Instant;
}
