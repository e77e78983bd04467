import { cambodia, milliseconds, plus, type Duration, type Instant } from '#libs/calendar';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Pathway } from '#libs/pathways';
import { Impossible } from './driver/impossible.js';
import { liveAlong, liveAsUsual } from './driver/live.js';
import { openCase } from './driver/open-case.js';
import { Play } from './driver/play.js';
import { Rehearsal, type Request } from './driver/rehearsal.js';
import { someTeam } from './driver/team.js';
import { LONGEST_STORY } from './driver/timing.js';
import { someChild, type Child } from './people.js';
import type { Random } from './random.js';
import type { Walk } from './walks.js';

/** All that is asked of the program about one child, in order. */
export interface Story {
  caseId: string;
  child: Child;
  requests: readonly Request[];
}

export interface Plot {
  pathway: Pathway;
  /** Steps to take; a number: so many of the usual ones, as far as time allows. */
  steps: Walk | number;
  /** In days: how long before now the last step was taken. Since then there were duties alone. */
  quietFor: number;
}

/** How fast a case moves: everyday pace first, ever faster where a long story has to fit into the time there is. */
const paces = [1, 0.5, 0.25, 0.1, 0.03];
const TRIES_AT_EACH_PACE = 4;
const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * A story that ends now. It is rehearsed twice: once to see how long it takes, and again so that its last step was taken
 * as long ago as the plot wants.
 *
 * @throws Impossible when no try comes to its end
 */
export function writeStory(plot: Plot, pathways: PathwayRegistry, random: Random, now: Instant): Story {
  const rehearse = (chance: Random, from: Instant, until: Instant) => open(plot, pathways, chance, from, until);
  for (const pace of paces) {
    for (let attempt = 0; attempt < TRIES_AT_EACH_PACE; attempt += 1) {
      const chance = random.fork(`${pace}.${attempt}`);
      const early = plus(now, '-P30M', cambodia.zone);
      const first = rehearse(chance, early, plus(early, LONGEST_STORY, cambodia.zone));
      const steps = walkThrough(first, plot.steps, pace);
      if (steps === undefined && first.ranOutOfTime) break;
      if (steps === undefined) continue;
      const takes = milliseconds(early, first.now) + plot.quietFor * DAY;
      const second = endingNow((before) => rehearse(chance, plus(now, before, 'UTC'), now), steps, pace, takes);
      if (second !== undefined) {
        return { caseId: chance.fork('case').id(), child: second.child, requests: second.requests };
      }
    }
  }
  throw new Impossible(
    `a story of ${plot.pathway.definition.id} never comes to its end: ${JSON.stringify(plot.steps)}`,
  );
}

/** Days off lie elsewhere now and may make the story longer: it then begins a little earlier. */
function endingNow(
  begin: (before: Duration) => Rehearsal,
  transitions: string[],
  pace: number,
  takes: number,
): Rehearsal | undefined {
  for (const spare of [0, 5, 15]) {
    const rehearsal = begin(`-PT${Math.ceil((takes + spare * DAY) / MINUTE)}M`);
    if (walkThrough(rehearsal, { transitions }, pace) === undefined) continue;
    new Play(rehearsal).passTo(rehearsal.endsAt);
    return rehearsal;
  }
  return undefined;
}

/** The same chance each time, so that the second rehearsal resembles the first. */
function open({ pathway, steps }: Plot, pathways: PathwayRegistry, random: Random, startsAt: Instant, endsAt: Instant) {
  const chance = random.fork('story');
  const age = typeof steps === 'number' ? undefined : steps.age;
  const child = someChild(chance, pathway.definition.id, startsAt, age);
  const team = someTeam(chance, child.province, pathway.definition);
  const rehearsal = new Rehearsal({ child, team, pathways, random: chance, startsAt, endsAt, dutiful: true });
  openCase(rehearsal, pathway.definition);
  return rehearsal;
}

/** @returns the steps that were taken; nothing when one of those that were wanted could not be */
function walkThrough(rehearsal: Rehearsal, steps: Walk | number, pace: number): string[] | undefined {
  if (typeof steps === 'number') {
    const taken = liveAsUsual(rehearsal, steps, pace);
    return taken.length > 0 ? taken : undefined;
  }
  return rehearsal.attempt(() => liveAlong(rehearsal, steps.transitions, pace)) ? steps.transitions : undefined;
}
