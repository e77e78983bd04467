import { plus, type Instant } from '#libs/calendar';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Pathway, PathwayDefinition, TransitionDefinition } from '#libs/pathways';
import { openCase } from './driver/open-case.js';
import { Rehearsal } from './driver/rehearsal.js';
import { takeTransition } from './driver/take-transition.js';
import { someTeam } from './driver/team.js';
import { LONGEST_STORY } from './driver/timing.js';
import { someChild } from './people.js';
import type { Random } from './random.js';

/** Transitions that a case takes one after the other, and an age at which a child can take them. */
export interface Walk {
  /** In years; absent: any age that is usual in the pathway. */
  age?: number;
  transitions: string[];
}

export type Visit = (explorer: Rehearsal) => void;

/** Ages that open ways which the usual ones leave shut: rules ask for 16, for 19, for fewer than 6. */
const otherAges = [16, 19, 14, 4];
/** A story longer than this is no longer a likely one. */
const LONGEST = 10;

/**
 * Walks that together take every transition of a pathway. Found by walking: whether a step can be taken depends on how
 * the case came there, and only the rules themselves know.
 *
 * @param visit is shown the case wherever the search comes, and leaves it as it was
 * @throws Error naming the transitions that no walk takes
 */
export function coveringWalks(
  pathway: Pathway,
  pathways: PathwayRegistry,
  random: Random,
  startsAt: Instant,
  visit: Visit = () => undefined,
): Walk[] {
  const uncovered = new Set(pathway.definition.transitions.map(({ id }) => id));
  const walks: Walk[] = [];
  for (let failures = 0; uncovered.size > 0;) {
    const age = failures === 0 ? undefined : otherAges[(failures - 1) % otherAges.length];
    const explorer = openExplorer(pathway, pathways, random.fork(`${walks.length}.${failures}`), startsAt, age);
    visit(explorer);
    const transitions = explore(explorer, uncovered, visit);
    failures = transitions.length > 0 ? 0 : failures + 1;
    if (transitions.length > 0) walks.push({ transitions, ...(age === undefined ? {} : { age }) });
    if (failures > 2 * otherAges.length) throw new Error(`no walk takes ${[...uncovered].join(', ')}`);
  }
  return walks;
}

/** A case without duties: only what the steps themselves ask for is done. */
function openExplorer(
  pathway: Pathway,
  pathways: PathwayRegistry,
  random: Random,
  startsAt: Instant,
  age: number | undefined,
) {
  const child = someChild(random, pathway.definition.id, startsAt, age);
  const team = someTeam(random, child.province, pathway.definition);
  const endsAt = plus(startsAt, LONGEST_STORY, 'UTC');
  const explorer = new Rehearsal({ child, team, pathways, random, startsAt, endsAt, dutiful: false });
  openCase(explorer, pathway.definition);
  return explorer;
}

function explore(explorer: Rehearsal, uncovered: Set<string>, visit: Visit): string[] {
  const walk: string[] = [];
  while (walk.length < LONGEST) {
    const leg = nextLeg({ explorer, uncovered, visit }, walk.length === 0);
    if (leg.length === 0) break;
    walk.push(...leg);
    for (const transition of leg) uncovered.delete(transition);
  }
  return walk;
}

/** How many steps ahead a search looks, and how many it tries: in the middle of a story only a little. */
const fresh = [
  { longest: 3, tries: 40 },
  { longest: 5, tries: 60 },
  { longest: 7, tries: 80 },
  { longest: 9, tries: 120 },
];
const underWay = [{ longest: 3, tries: 15 }];

/** The way from here to a transition that no walk has taken yet, the shortest first; empty when there is none. */
function nextLeg(from: Start, isFresh: boolean): string[] {
  const distances = distancesTo(from.uncovered, from.explorer.pathway.definition);
  for (const limits of isFresh ? fresh : underWay) {
    const found = search({ ...from, distances, ...limits }, []);
    if (found !== undefined) return found;
  }
  return [];
}

interface Start {
  explorer: Rehearsal;
  uncovered: ReadonlySet<string>;
  visit: Visit;
}

interface Search extends Start {
  distances: ReadonlyMap<string, number>;
  longest: number;
  tries: number;
}

function search(on: Search, before: string[]): string[] | undefined {
  const { explorer, uncovered, visit } = on;
  for (const { id } of waysOn(on, before)) {
    if (on.tries === 0) return undefined;
    on.tries -= 1;
    const mark = explorer.mark();
    if (!explorer.attempt(() => takeTransition(explorer, id))) continue;
    visit(explorer);
    const leg = [...before, id];
    const found = uncovered.has(id) ? leg : search(on, leg);
    if (found !== undefined) return found;
    explorer.goBack(mark);
  }
  return undefined;
}

function waysOn({ explorer, uncovered, distances, longest }: Search, before: string[]): TransitionDefinition[] {
  const { enrolment } = explorer.state;
  const here = { state: enrolment?.state ?? '', cameFrom: enrolment?.previousState };
  const left = longest - before.length - 2;
  const rank = (transition: TransitionDefinition) =>
    uncovered.has(transition.id) ? -1 : (distances.get(keyOf(after(transition, here))) ?? Infinity);
  return explorer.pathway.definition.transitions
    .filter((transition) => leadsOn(transition, here) && !before.includes(transition.id))
    .filter((transition) => rank(transition) <= left)
    .sort((one, other) => rank(one) - rank(other));
}

/** Where a case is and where it came from, which is what steps out of a hold ask about. */
interface Place {
  state: string;
  cameFrom: string | undefined;
}

/** How many steps each place is from one where an uncovered transition begins. */
function distancesTo(uncovered: ReadonlySet<string>, definition: PathwayDefinition): Map<string, number> {
  const steps = stepsOf(definition);
  const distances = new Map<string, number>();
  let nearest = new Set(steps.filter(({ id }) => uncovered.has(id)).map(({ at }) => at));
  for (let distance = 0; nearest.size > 0; distance += 1) {
    for (const place of nearest) distances.set(place, distance);
    nearest = new Set(steps.filter(({ at, next }) => nearest.has(next) && !distances.has(at)).map(({ at }) => at));
  }
  return distances;
}

/** Every transition from every place, save those out of a hold that must have begun elsewhere. */
function stepsOf({ transitions, states }: PathwayDefinition): { id: string; at: string; next: string }[] {
  const places = [undefined, ...Object.keys(states)].flatMap((cameFrom) =>
    Object.keys(states).map((state): Place => ({ state, cameFrom })),
  );
  return places.flatMap((place) =>
    transitions
      .filter((transition) => leadsOn(transition, place))
      .map((transition) => ({ id: transition.id, at: keyOf(place), next: keyOf(after(transition, place)) })),
  );
}

function leadsOn({ from, guards }: TransitionDefinition, { state, cameFrom = '' }: Place): boolean {
  if (!from.includes(state)) return false;
  return guards.every(
    ({ check }) => check === undefined || !('heldFrom' in check) || check.heldFrom.includes(cameFrom),
  );
}

const after = ({ to }: TransitionDefinition, { state }: Place): Place => ({ state: to, cameFrom: state });

const keyOf = ({ state, cameFrom }: Place): string => `${cameFrom ?? ''}>${state}`;
