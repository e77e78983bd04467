import { parseArgs } from 'node:util';

import { WrongCall } from '../drill.js';

export interface TamperOptions {
  /** How often the log is bent, each time in one way and mended again. */
  readonly edits: number;
  readonly seed: string;
}

const usage = 'npm run drill -- tamper [--edits N] [--seed S] --json';

/** @throws WrongCall */
export function readOptions(args: string[]): TamperOptions {
  let values: { edits: string; seed: string };
  try {
    const options = { edits: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } as const;
    values = parseArgs({ args, options }).values;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
  if (!/^[1-9]\d{0,5}$/.test(values.edits)) throw new WrongCall(`--edits is not a number. Usage: ${usage}`);
  return { edits: Number(values.edits), seed: values.seed };
}
