import { parseArgs } from 'node:util';

import { WrongCall } from '../drill.js';

export interface CanaryOptions {
  /** How many made-up cases are lived through; each ends at this moment, months of it with alarms and notices. */
  readonly stories: number;
}

const usage = 'npm run drill -- canary [--stories N] --json';

/** @throws WrongCall */
export function readOptions(args: string[]): CanaryOptions {
  let stories: string;
  try {
    stories = parseArgs({ args, options: { stories: { type: 'string', default: '60' } } }).values.stories;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
  if (!/^[1-9]\d?$/.test(stories)) throw new WrongCall(`--stories is not a number below 100. Usage: ${usage}`);
  return { stories: Number(stories) };
}
