import { parseArgs } from 'node:util';

import { WrongCall } from '../drill.js';

/** What is broken on purpose, to see whether the drill notices. */
export const plants = ['none', 'early', 'blind'] as const;
export type Plant = (typeof plants)[number];

export interface ExchangeDrillOptions {
  /** Things that happen at Primero, at OSCaR and here, at least. */
  readonly messages: number;
  /** Times that the worker is killed. */
  readonly kills: number;
  readonly seed: number;
  readonly plant: Plant;
}

const usage = 'npm run drill -- exchange [--messages N] [--kills N] [--seed S] [--plant none|early|blind] --json';

/** @throws WrongCall */
export function readOptions(args: string[]): ExchangeDrillOptions {
  const { messages, kills, seed, plant } = parse(args);
  const known = plants.find((each) => each === plant);
  if (known === undefined) throw new WrongCall(`--plant is none of ${plants.join(', ')}. Usage: ${usage}`);
  return {
    messages: count('messages', messages),
    kills: count('kills', kills),
    seed: count('seed', seed),
    plant: known,
  };
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        messages: { type: 'string', default: '2000' },
        kills: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        plant: { type: 'string', default: 'none' },
      },
    });
    return values;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message}. Usage: ${usage}`);
  }
}

function count(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new WrongCall(`--${name} is no whole number. Usage: ${usage}`);
  return Number(text);
}
