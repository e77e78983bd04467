import type { Instant } from '#libs/calendar';
import { holds, viewOf, type DeadlineStatus, type View } from '#libs/cases';
import type { Condition, ConditionKey } from '#libs/pathways';
import { passTo } from './agenda.js';
import { answer } from './duties.js';
import { meetGuard } from './guards.js';
import { youthCentre } from '../facilities.js';
import { Impossible } from './impossible.js';
import { scribe } from './records.js';
import type { Rehearsal } from './rehearsal.js';
import { clockSatisfiers } from './satisfy/clocks.js';
import { factSatisfiers } from './satisfy/facts.js';
import { recordSatisfiers } from './satisfy/records.js';
import { decisionSatisfiers, stepSatisfiers } from './satisfy/steps.js';
import type { Attempt, Satisfiers, Scene } from './scene.js';

const combined: Satisfiers<'all' | 'any' | 'not'> = {
  all: (conditions, scene, wanted) => (wanted ? every : some)(conditions, scene, wanted),
  any: (conditions, scene, wanted) => (wanted ? some : every)(conditions, scene, wanted),
  not: (condition, scene, wanted) => scene.satisfy(condition, !wanted),
};

const satisfiers: Satisfiers<ConditionKey> = {
  ...combined,
  ...factSatisfiers,
  ...recordSatisfiers,
  ...clockSatisfiers,
  ...stepSatisfiers,
  ...decisionSatisfiers,
};

function every(conditions: Condition[], scene: Scene, wanted: boolean): void {
  for (const condition of conditions) scene.satisfy(condition, wanted);
}

function some(conditions: Condition[], scene: Scene, wanted: boolean): void {
  const { rehearsal } = scene;
  const tries = rehearsal.random.shuffled(conditions);
  if (tries.some((each) => rehearsal.attempt(() => scene.satisfy(each, wanted)))) return;
  throw new Impossible('none of the ways is open');
}

/** The rules of the program on one side, people who do whatever these ask for on the other. */
export class Play implements Scene {
  constructor(
    readonly rehearsal: Rehearsal,
    readonly attempt?: Attempt | undefined,
  ) {}

  satisfy(condition: Condition, wanted: boolean): void {
    if (holds(condition, this.#view()) === wanted) return;
    const [key, body] = Object.entries(condition)[0] as [ConditionKey, never];
    satisfiers[key](body, this, wanted);
  }

  passTo(moment: Instant): void {
    passTo(new Play(this.rehearsal), moment);
  }

  answer(deadline: DeadlineStatus): void {
    answer(this, deadline);
  }

  moveTrack(track: string, to: string, row?: string): void {
    const { rehearsal } = this;
    for (const guard of rehearsal.pathway.definition.tracks[track]?.enter?.[to] ?? []) {
      if (guard.check === undefined || !holds(guard.check, this.#view())) meetGuard(this, guard);
    }
    rehearsal.tick();
    // The first kind of detention is with the police, who keep no facility of the register.
    const isHeld = rehearsal.pathway.definition.tracks[track]?.detaining?.slice(1).includes(to) === true;
    rehearsal.ask(scribe(rehearsal), 'MoveTrack', {
      track,
      to,
      ...(row === undefined ? {} : { row }),
      ...(isHeld ? { place: youthCentre } : {}),
    });
  }

  #view(): View {
    const { rehearsal, attempt } = this;
    const context = rehearsal.contextFor(attempt?.actor ?? rehearsal.team.owner);
    if (attempt === undefined) return viewOf(rehearsal.state, context, rehearsal.now);
    const { reasonCode, reason, outcome, assignee } = attempt;
    const step = {
      from: rehearsal.present ?? '',
      reasonCode,
      reasonGiven: reason !== undefined,
      dangerDeclared: false,
      outcome,
      assignee,
    };
    return viewOf(rehearsal.state, context, rehearsal.now, { step });
  }
}
