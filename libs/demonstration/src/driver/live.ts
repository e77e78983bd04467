import { between, type Instant } from '#libs/calendar';
import { deadlineDefinitions, type DeadlineStatus } from '#libs/cases';
import type { RiskLevel, TransitionDefinition } from '#libs/pathways';
import { Impossible } from './impossible.js';
import { Play } from './play.js';
import { giveConsent } from './consents.js';
import { setRisk } from './records.js';
import { draftReferral, sendReferral } from './referrals.js';
import type { Rehearsal } from './rehearsal.js';
import { takeTransition } from './take-transition.js';
import { doneAt, inOfficeHours } from './timing.js';

/** Shares are assumed: risk found at the first look; cases shared with another system; services asked for in a state. */
const risks: readonly (readonly [RiskLevel, number])[] = [
  ['high', 35],
  ['medium', 40],
  ['low', 20],
  ['no_action', 5],
];
const SHARED_WITH_EACH_SYSTEM = 0.12;
const REFERRED = 0.4;
const phasesOfReferrals = ['assessment', 'planning', 'response', 'review', 'aftercare'];

/**
 * Takes one step when its time has come, and does what usually follows.
 *
 * @param pace 1 is everyday; less is faster
 * @throws Impossible
 */
export function live(rehearsal: Rehearsal, transition: TransitionDefinition, pace: number): void {
  new Play(rehearsal).passTo(stepAt(rehearsal, transition, pace));
  takeTransition(rehearsal, transition.id);
  rehearsal.attempt(() => follow(rehearsal));
}

/**
 * Takes steps that lead forward, mostly, as many as wanted or as there is time for.
 *
 * @returns the steps that were taken
 */
export function liveAsUsual(rehearsal: Rehearsal, steps: number, pace: number): string[] {
  const taken: string[] = [];
  while (taken.length < steps) {
    const next = usualOrder(rehearsal).find((each) => rehearsal.attempt(() => live(rehearsal, each, pace)));
    if (next === undefined) break;
    taken.push(next.id);
  }
  return taken;
}

/** When the step is due, if a deadline waits for it; otherwise within the week. */
function stepAt(rehearsal: Rehearsal, transition: TransitionDefinition, pace: number): Instant {
  const { random, now } = rehearsal;
  const due = dueFor(rehearsal, transition);
  const at =
    due === undefined ? inOfficeHours(random, rehearsal.later(`P${random.integer(1, 7)}D`)) : doneAt(random, now, due);
  return between(now, at, pace);
}

function dueFor(rehearsal: Rehearsal, { id, from, to }: TransitionDefinition): Instant | undefined {
  const waiting = deadlineDefinitions(rehearsal.state, rehearsal.contextFor(rehearsal.team.owner))
    .filter(([, { stop }]) =>
      stop.some(
        ({ transition, entered, left }) =>
          transition?.includes(id) === true ||
          entered?.includes(to) === true ||
          left?.some((each) => from.includes(each)),
      ),
    )
    .map(([definition]) => definition);
  const armed = Object.values(rehearsal.state.deadlines).filter(
    ({ status, definition }: DeadlineStatus) => status === 'armed' && waiting.includes(definition),
  );
  return armed
    .map(({ dueAt }) => dueAt)
    .sort()
    .at(0);
}

function follow(rehearsal: Rehearsal): void {
  const { random, state, pathway, ended } = rehearsal;
  if (state.risk === undefined) setRisk(rehearsal, random.weighted(risks));
  for (const system of ['primero', 'oscar']) {
    const shared = state.consents.some(({ recipient }) => recipient === system);
    if (state.enrolment?.taken.length === 2 && !shared && random.chance(SHARED_WITH_EACH_SYSTEM)) {
      giveConsent(rehearsal, 'CONSENT_SHARING', system);
    }
  }
  const phase = pathway.definition.states[rehearsal.present ?? '']?.phase ?? '';
  if (ended || !phasesOfReferrals.includes(phase) || !random.chance(REFERRED)) return;
  sendReferral(rehearsal, draftReferral(rehearsal, 'service'));
}

/** Steps that lead on, the next state first; back, out and on hold seldom. */
function usualOrder({ pathway, present = '', random }: Rehearsal): TransitionDefinition[] {
  const { transitions, states } = pathway.definition;
  const order = Object.keys(states);
  const weightOf = ({ to }: TransitionDefinition): number => {
    const ahead = order.indexOf(to) - order.indexOf(present);
    const aside = states[to]?.phase === 'hold' || states[to]?.phase === 'end';
    return (ahead > 0 ? 1 / Math.sqrt(ahead) : 0.15) * (aside ? 0.15 : 1);
  };
  return transitions
    .filter(({ from }) => from.includes(present))
    .map((transition) => ({ transition, rank: random.next() ** (1 / weightOf(transition)) }))
    .sort((one, other) => other.rank - one.rank)
    .map(({ transition }) => transition);
}

/** Walks on along given steps. @throws Impossible */
export function liveAlong(rehearsal: Rehearsal, steps: readonly string[], pace: number): void {
  for (const id of steps) {
    const transition = rehearsal.pathway.definition.transitions.find((each) => each.id === id);
    if (transition === undefined) throw new Impossible(`no transition ${id}`);
    live(rehearsal, transition, pace);
  }
}
