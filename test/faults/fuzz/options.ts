import { parseArgs } from 'node:util';

import { WrongCall } from '../drill.js';

export interface FuzzOptions {
  readonly requests: number;
  /** The same seed asks the same, as far as the answers are the same. */
  readonly seed: number;
}

const usage = 'npm run drill -- fuzz [--requests N] [--seed S] --json';

/** @throws WrongCall */
export function readOptions(args: string[]): FuzzOptions {
  const options = { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } } as const;
  let values: { requests: string; seed: string };
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
  if (!/^[1-9]\d{0,7}$/.test(values.requests)) throw new WrongCall(`--requests is not a number. Usage: ${usage}`);
  if (!/^\d{1,9}$/.test(values.seed)) throw new WrongCall(`--seed is not a number. Usage: ${usage}`);
  return { requests: Number(values.requests), seed: Number(values.seed) };
}
