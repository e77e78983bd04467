import { createHash } from 'node:crypto';
import { plus, type Instant } from '#libs/calendar';
import { decide } from '#libs/cases';
import { Random } from '#libs/demonstration';
import type { PathwayRegistry } from '#libs/pathway-files';
import { violationsIn, type Violation } from './invariants/check.js';
import { arrivals } from './people/arrivals.js';
import { leadLife, type Life } from './people/life.js';
import { plants, type Plant } from './plants.js';
import { sum, tallyOf, type Tally } from './tally.js';

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
  /** Over all events of all cases, in the order in which the cases came. */
  sha256: string;
}

/** What became of one case. */
export interface SimulatedCase {
  number: number;
  tally: Tally;
  violations: Violation[];
  sha256: string;
}

/** Cases that one of several workers takes: every `of`th, from `number` on. */
export interface Share {
  number: number;
  of: number;
}

/** Midnight in Cambodia, in the first year whose holidays the calendar knows from beginning to end. */
const STARTS: Instant = '2025-12-31T17:00:00.000Z';

/**
 * A stretch of time in the life of a country's cases, lived through in memory on the program's own rules: children arrive,
 * people work, are late, write things down late, pause, change their minds and make mistakes, and alarms ring on time.
 * Rules that share nothing with those then judge what happened.
 */
export function simulate(options: SimulationOptions, pathways: PathwayRegistry): Simulated {
  return joined(simulateShare(options, pathways, { number: 0, of: 1 }));
}

/** Cases do not touch each other, so each can be lived through alone. */
export function simulateShare(
  { cases, days, seed, plant }: SimulationOptions,
  pathways: PathwayRegistry,
  { number, of }: Share,
): SimulatedCase[] {
  const random = new Random(`simulation/${seed}`);
  const world = {
    pathways,
    endsAt: plus(STARTS, `P${days}D`, 'UTC'),
    decide: plant === undefined ? decide : plants[plant],
  };
  return arrivals(random.fork('arrivals'), cases, STARTS, days)
    .filter((arrival) => arrival.number % of === number)
    .map((arrival) => {
      const life = leadLife(arrival, random.fork(`case ${arrival.number}`), world);
      const violations = violationsIn(life, pathways);
      return { number: arrival.number, tally: tallyOf(life), violations, sha256: digest(life) };
    });
}

/** All cases together, whoever lived through which. */
export function joined(all: readonly SimulatedCase[]): Simulated {
  const inOrder = all.toSorted((one, other) => one.number - other.number);
  return {
    ...sum(inOrder.map(({ tally }) => tally)),
    violations: inOrder.flatMap(({ violations }) => violations),
    sha256: sha256(inOrder.map((each) => each.sha256)),
  };
}

const digest = ({ code, commits }: Life): string =>
  sha256(commits.map(({ at, actor, events }) => JSON.stringify([code, at, actor.id, events])));

function sha256(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return hash.digest('hex');
}
