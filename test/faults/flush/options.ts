import { parseArgs } from 'node:util';

import { WrongCall } from '../drill.js';

export interface FlushOptions {
  /** Deadlines whose next rung waits in Redis when it is emptied, at least. */
  readonly pending: number;
}

const usage = 'npm run drill -- flush [--pending N] --json';

/** @throws WrongCall */
export function readOptions(args: string[]): FlushOptions {
  let pending: string;
  try {
    pending = parseArgs({ args, options: { pending: { type: 'string', default: '1000' } } }).values.pending;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
  if (!/^[1-9]\d{0,4}$/.test(pending)) throw new WrongCall(`--pending is not a number of deadlines. Usage: ${usage}`);
  return { pending: Number(pending) };
}
