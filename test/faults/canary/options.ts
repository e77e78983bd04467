import { parseArgs } from 'node:util';

import { WrongCall } from '../drill.js';

export interface CanaryOptions {
  /** How many made-up cases are lived through; each ends at this moment, months of it with alarms and notices. */
  readonly stories: number;
  /** The golden scenarios are lived through instead, as their tests tell them. */
  readonly scenarios: boolean;
}

const usage = 'npm run drill -- canary [--stories N | --scenarios] --json';

/** @throws WrongCall */
export function readOptions(args: string[]): CanaryOptions {
  let values: { stories: string; scenarios: boolean };
  try {
    values = parseArgs({
      args,
      options: { stories: { type: 'string', default: '60' }, scenarios: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
  const { stories, scenarios } = values;
  if (!/^[1-9]\d?$/.test(stories)) throw new WrongCall(`--stories is not a number below 100. Usage: ${usage}`);
  return { stories: Number(stories), scenarios };
}
