import { createHash, type Hash } from 'node:crypto';
import { plus, type Instant } from '#libs/calendar';
import { decide } from '#libs/cases';
import { Random } from '#libs/demonstration';
import type { PathwayRegistry } from '#libs/pathway-files';
import { violationsIn, type Violation } from './invariants/check.js';
import { arrivals } from './people/arrivals.js';
import { leadLife, type Life } from './people/life.js';
import { plants, type Plant } from './plants.js';
import { count, newTally, type Tally } from './tally.js';

export interface SimulationOptions {
  cases: number;
  days: number;
  /** The same seed, definitions and numbers give the same events. */
  seed: number;
  /** A fault to put in the place of the core. */
  plant?: Plant | undefined;
}

export interface Simulated extends Tally {
  violations: Violation[];
  /** Over all events of all cases, in order. */
  sha256: string;
}

/** Midnight in Cambodia, in the first year whose holidays the calendar knows from beginning to end. */
export const SIMULATION_STARTS: Instant = '2025-12-31T17:00:00.000Z';

/**
 * A stretch of time in the life of a country's cases, lived through in memory on the program's own rules: children arrive,
 * people work, are late, write things down late, pause, change their minds and make mistakes, and alarms ring on time.
 * Rules of its own then judge what happened.
 */
export function simulate({ cases, days, seed, plant }: SimulationOptions, pathways: PathwayRegistry): Simulated {
  const random = new Random(`simulation/${seed}`);
  const endsAt = plus(SIMULATION_STARTS, `P${days}D`, 'UTC');
  const world = { pathways, endsAt, decide: plant === undefined ? decide : plants[plant] };
  const tally = newTally();
  const violations: Violation[] = [];
  const hash = createHash('sha256');
  for (const arrival of arrivals(random.fork('arrivals'), cases, SIMULATION_STARTS, days)) {
    const life = leadLife(arrival, random.fork(`case ${arrival.number}`), world);
    count(tally, life);
    violations.push(...violationsIn(life, pathways));
    digest(hash, life);
  }
  return { ...tally, violations, sha256: hash.digest('hex') };
}

function digest(hash: Hash, { code, commits }: Life): void {
  for (const { at, actor, events } of commits) hash.update(JSON.stringify([code, at, actor.id, events]));
}
