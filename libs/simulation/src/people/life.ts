import { plus, type Duration, type Instant, type LocalDate } from '#libs/calendar';
import { liveAsUsual, openCase, Play, Rehearsal, someChild, someTeam, waysToAnswer } from '#libs/demonstration';
import type { Decide, Random, Request } from '#libs/demonstration';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Arrival } from './arrivals.js';
import { incidents } from './incidents.js';
import { makeMistakes } from './mistakes.js';

/** All that happened to one case until the simulation ended. */
export interface Life {
  code: string;
  /** Key of the pathway's version. */
  pathway: string;
  birthDate: LocalDate;
  commits: readonly Request[];
  endsAt: Instant;
  /** Whether the case had ended by then. */
  ended: boolean;
}

export interface World {
  pathways: PathwayRegistry;
  decide: Decide;
  endsAt: Instant;
}

/** Days that a case rests when no step of it is due, from and to; set so that a life has its usual length. */
const rests: Record<string, readonly [number, number]> = {
  A_OCSEA: [10, 50],
  B_DIVERSION: [8, 40],
  C_REINTEGRATION: [10, 50],
};
const USUAL_REST = [2, 20] as const;

/** Share of closed cases that are opened again (assumed). */
const REOPENED = 0.06;

/** Share of the work that is written down more than a few hours late, by the kind of agency (assumed). */
const lateWriters = [
  ['osvy-', 0.2],
  ['ngo-', 0.08],
] as const;

/** Plays a case from its first report to the end, with all that comes between. */
export function leadLife({ at, pathway: id }: Arrival, random: Random, { pathways, decide, endsAt }: World): Life {
  const pathway = pathways.current(id);
  const child = someChild(random, id, at);
  const team = someTeam(random, child.province, pathway.definition);
  const rehearsal = new Rehearsal({ child, team, pathways, random, startsAt: at, endsAt, dutiful: true, decide });
  openCase(rehearsal, pathway.definition);
  planIncidents(rehearsal);
  while (rehearsal.attempt(() => liveOn(rehearsal)));
  rehearsal.lag = 'PT0S';
  new Play(rehearsal).passTo(endsAt);
  const { requests: commits, ended } = rehearsal;
  const { code, enrolment } = rehearsal.state;
  return { code, pathway: enrolment?.pathway ?? '', birthDate: child.birthDate, commits, endsAt, ended };
}

/** A rest, then one step if any is open. @throws Impossible when the case has ended for good, or time has. */
function liveOn(rehearsal: Rehearsal): void {
  const { random, pathway, ended } = rehearsal;
  if (ended && !random.chance(REOPENED)) return rehearsal.moveTo(plus(rehearsal.endsAt, 'PT1S', 'UTC'));
  const [least, most] = rests[pathway.definition.id] ?? USUAL_REST;
  const rest = (): void => new Play(rehearsal).passTo(rehearsal.later(`PT${random.integer(least * 24, most * 24)}H`));
  rehearsal.lag = lagOf(rehearsal);
  if (!waitsForStep(rehearsal)) rest();
  makeMistakes(rehearsal);
  if (liveAsUsual(rehearsal, 1, 1).length === 0) rest();
}

/** Whether something is due that only a step of the case can end. */
function waitsForStep(rehearsal: Rehearsal): boolean {
  return Object.values(rehearsal.state.deadlines).some(
    (deadline) => deadline.status === 'armed' && waysToAnswer(deadline, rehearsal).length === 0,
  );
}

/** Offline, or on paper first: up to three days pass before it is recorded. */
function lagOf({ random, team }: Rehearsal): Duration {
  const [, share] = lateWriters.find(([agency]) => team.owner.agency.startsWith(agency)) ?? ['', 0.08];
  return random.chance(share) ? `PT${random.integer(6, 72)}H` : 'PT0S';
}

function planIncidents(rehearsal: Rehearsal): void {
  const { random, now, endsAt } = rehearsal;
  for (const { perYear, run } of incidents) {
    const rest = () => `PT${Math.ceil((-Math.log(1 - random.next()) / perYear) * 365 * 24)}H`;
    for (let at = plus(now, rest(), 'UTC'); at < endsAt; at = plus(at, rest(), 'UTC'))
      rehearsal.errands.push({ at, run });
  }
}
