import type { FaultRule } from '../../simulators/shared/faults.js';

/** What goes wrong at both: each kind now and then, and those that make everybody wait a minute only a few times. */
const common: readonly FaultRule[] = [
  { kind: 'unavailable', after: 150, times: 1 },
  { kind: 'silent_before', after: 90, times: 1 },
  { kind: 'silent_after', after: 250, times: 1, method: 'POST' },
  { kind: 'silent_after', after: 400, times: 1 },
  { kind: 'throttled', probability: 0.004, retryAfterSeconds: 1 },
  { kind: 'reset_before', probability: 0.008 },
  { kind: 'reset_after', probability: 0.008 },
  { kind: 'failed_after', probability: 0.008 },
  { kind: 'not_json', probability: 0.004 },
  { kind: 'slow', probability: 0.02, delay: 300 },
];

/**
 * Not done to requests that ask for a referral: neither system has a key to know one by, so that a proxy which sends it
 * twice makes two, whatever the program does.
 */
const doubled: FaultRule = { kind: 'doubled', probability: 0.02 };

export const faultsOf = {
  primero: [
    { kind: 'reset_after', method: 'POST', probability: 0.05 },
    ...common,
    { ...doubled, method: 'PATCH' },
    { ...doubled, method: 'GET' },
    { ...doubled, method: 'POST', path: /\/cases$/ },
  ],
  oscar: [
    // A referral arrives, and nobody here is told so.
    { kind: 'reset_after', path: /\/upsert/, probability: 0.05 },
    ...common,
    { kind: 'tokens_expired', probability: 0.01 },
    { ...doubled, method: 'PUT' },
    { ...doubled, method: 'GET' },
  ],
} satisfies Record<string, readonly FaultRule[]>;
