import { cambodia, plus, type Instant } from '#libs/calendar';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Pathway } from '#libs/pathways';
import { openWithoutPathway } from './driver/open-case.js';
import { Rehearsal } from './driver/rehearsal.js';
import { someTeam } from './driver/team.js';
import { someChild } from './people.js';
import { Random } from './random.js';
import { writeStory, type Plot, type Story } from './stories.js';
import { coveringWalks } from './walks.js';

/** Size of the data set `tiny`, and how many of its cases wait for a person to enrol them. */
const CASES = 60;
const UNASSIGNED = 4;

/** How long nothing but duties has happened to a case, in days from and to, and how usual that is (assumed). */
const quietDays: readonly (readonly [readonly [number, number], number])[] = [
  [[0.1, 2], 45],
  [[2, 8], 35],
  [[8, 25], 20],
];

/**
 * The data set `tiny`: every transition of every pathway once, and everyday cases. The same seed, definitions and moment
 * give the same plan. One story at a time, because each takes a moment.
 */
export function* planTiny(pathways: PathwayRegistry, seed: number, now: Instant): Generator<Story> {
  const random = new Random(`tiny/${seed}`);
  for (const [index, plot] of plotsOf(pathways, random, now).entries()) {
    yield writeStory(plot, pathways, random.fork(`case ${index}`), now);
  }
  for (let index = 0; index < UNASSIGNED; index += 1) yield unassigned(pathways, random.fork(`waiting ${index}`), now);
}

function plotsOf(pathways: PathwayRegistry, random: Random, now: Instant): Plot[] {
  const current = currentPathways(pathways);
  const early = plus(now, '-P30M', cambodia.zone);
  const covering = current.flatMap((pathway) =>
    coveringWalks(pathway, pathways, random.fork(`walks ${pathway.definition.id}`), early).map((steps) => ({
      pathway,
      steps,
    })),
  );
  const everyday = Array.from({ length: Math.max(CASES - UNASSIGNED - covering.length, 0) }, (_, index) => ({
    pathway: current[index % current.length] as Pathway,
    steps: random.integer(1, 9),
  }));
  return [...covering, ...everyday].map((plot) => ({ ...plot, quietFor: quiet(random) }));
}

function quiet(random: Random): number {
  const [least, most] = random.weighted(quietDays);
  return random.between(least, most);
}

/** The version of each pathway that new cases begin under. */
function currentPathways(pathways: PathwayRegistry): Pathway[] {
  const ids = new Set(pathways.all().map(({ definition }) => definition.id));
  return [...ids].sort().map((id) => pathways.current(id));
}

/** A report of the last days that is in no pathway yet, one in two with a risk level. */
function unassigned(pathways: PathwayRegistry, random: Random, now: Instant): Story {
  const startsAt = plus(now, `-PT${random.integer(2, 200)}H`, 'UTC');
  const child = someChild(random, undefined, startsAt);
  const team = someTeam(random, child.province);
  const rehearsal = new Rehearsal({ child, team, pathways, random, startsAt, endsAt: now, dutiful: true });
  openWithoutPathway(rehearsal, random.chance(0.5) ? random.pick(['high', 'medium'] as const) : undefined);
  return { caseId: random.id(), child, requests: rehearsal.requests };
}
