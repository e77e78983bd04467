import { parseArgs } from 'node:util';

import type { QueueBackend } from '#libs/queues';

import { WrongCall } from '../drill.js';

export interface KillOptions {
  /** Kills on each queue backend. */
  readonly kills: number;
  /** Kills in the control run, whose writers send no idempotency keys. */
  readonly killsWithoutKeys: number;
  readonly backends: readonly QueueBackend[];
}

const usage = 'npm run drill -- kill [--kills N] [--kills-without-keys N] [--queue redis|postgresql|both] --json';

const backendsByName: Readonly<Record<string, readonly QueueBackend[]>> = {
  redis: ['redis'],
  postgresql: ['postgresql'],
  both: ['redis', 'postgresql'],
};

/** @throws WrongCall */
export function readOptions(args: string[]): KillOptions {
  const { kills, queue, 'kills-without-keys': killsWithoutKeys } = parse(args);
  const backends = Object.hasOwn(backendsByName, queue) ? backendsByName[queue] : undefined;
  if (backends === undefined) throw new WrongCall(`--queue is none of redis, postgresql, both. Usage: ${usage}`);
  return { kills: count('kills', kills), killsWithoutKeys: count('kills-without-keys', killsWithoutKeys), backends };
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        kills: { type: 'string', default: '100' },
        'kills-without-keys': { type: 'string', default: '30' },
        queue: { type: 'string', default: 'both' },
      },
    });
    return values;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new WrongCall(`--${name} is not a number of kills. Usage: ${usage}`);
  return Number(text);
}
