import { cambodia, plus, type Duration, type Instant } from '#libs/calendar';
import {
  alone,
  sharesNothing,
  decide,
  evolve,
  noCase,
  type Actor,
  type CaseCommand,
  type CaseCommandData,
  type CaseCommandType,
  type CaseEvent,
  type CaseState,
  type DecideContext,
  type KnownCase,
  type Outcome,
} from '#libs/cases';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Pathway } from '#libs/pathways';
import { demonstrationStaff } from '../directory.js';
import { openFacilities } from '../facilities.js';
import type { Child } from '../people.js';
import type { Random } from '../random.js';
import { nextAlarm, type Alarm } from './alarms.js';
import { Impossible } from './impossible.js';
import { system, type Team } from './team.js';

/** One thing somebody asks of the program at a moment, and what came of it. */
export interface Request {
  at: Instant;
  actor: Actor;
  command: CaseCommand;
  events: readonly CaseEvent[];
  /** Of the case, with these events. */
  version: number;
}

/** Something that will be done at its time, unless it has become pointless by then. */
export interface Errand {
  at: Instant;
  run: (rehearsal: Rehearsal) => void;
}

/** What decides on commands: the core, or something put in its place. */
export type Decide = typeof decide;

interface Setting {
  child: Child;
  team: Team;
  pathways: PathwayRegistry;
  random: Random;
  startsAt: Instant;
  /** Nothing happens after this moment. */
  endsAt: Instant;
  /** Whether people do what is due beside the steps of the case, and ladders are climbed. */
  dutiful: boolean;
  /** Absent: the core. */
  decide?: Decide;
}

/** Where a rehearsal stood, to go back to. */
interface Mark {
  state: CaseState;
  now: Instant;
  requests: number;
  errands: Errand[];
  duties: Map<string, Instant | undefined>;
  unheard: Set<string>;
}

/**
 * A case played through in memory by the core's own rules. What was asked, by whom and when is kept, so that the same
 * can be asked of the real program.
 */
export class Rehearsal {
  readonly child: Child;
  readonly team: Team;
  readonly random: Random;
  readonly endsAt: Instant;
  readonly dutiful: boolean;
  readonly requests: Request[] = [];
  errands: Errand[] = [];
  /** When each deadline's duty will be done; undefined: never. */
  duties = new Map<string, Instant | undefined>();
  /** Alarms that rang in vain. */
  unheard = new Set<string>();
  now: Instant;
  /** How long ago that happened which people record now: they write on paper first, or have no signal. */
  lag: Duration = 'PT0S';
  /** Whether anything was given up because there was no time left for it. */
  ranOutOfTime = false;
  readonly #pathways: PathwayRegistry;
  readonly #decide: Decide;
  #state: CaseState = noCase;

  constructor({ child, team, pathways, random, startsAt, endsAt, dutiful, decide: decides = decide }: Setting) {
    this.child = child;
    this.team = team;
    this.random = random;
    this.now = startsAt;
    this.endsAt = endsAt;
    this.dutiful = dutiful;
    this.#pathways = pathways;
    this.#decide = decides;
  }

  /** @throws TypeError before the case was opened. */
  get state(): KnownCase {
    if (this.#state.status === 'none') throw new TypeError('the case is not open yet');
    return this.#state;
  }

  /** @throws TypeError before the case was enrolled. */
  get pathway(): Pathway {
    const { enrolment } = this.state;
    if (enrolment === undefined) throw new TypeError('the case is in no pathway yet');
    return this.#pathways.get(enrolment.pathway);
  }

  get present(): string | undefined {
    return this.state.enrolment?.state;
  }

  get ended(): boolean {
    return this.present !== undefined && this.pathway.definition.states[this.present]?.terminal === true;
  }

  contextFor(actor: Actor): DecideContext {
    return {
      now: this.now,
      actor,
      pathway: (key) => this.#pathways.find(key),
      common: this.#pathways.common,
      calendar: cambodia,
      birthDate: this.child.birthDate,
      person: alone,
      staff: (id) => demonstrationStaff.find((each) => each.id === id),
      facility: (code) => openFacilities[code],
      shutOut: [],
      sharing: () => sharesNothing,
    };
  }

  /** What the program would answer; nothing changes when it refuses. */
  propose<T extends CaseCommandType>(
    actor: Actor,
    type: T,
    data: CaseCommandData[T],
    occurredAt = actor === system ? this.now : this.#happenedAt(),
  ): Outcome {
    const command = { type, data, occurredAt, precision: 'moment' } as unknown as CaseCommand;
    const outcome = this.#decide(command, this.#state, this.contextFor(actor));
    if (outcome.ok && outcome.events.length > 0) {
      const { events } = outcome;
      const about = { by: actor.id, recordedAt: this.now };
      this.#state = events.reduce<CaseState>((state, event) => evolve(state, { event, ...about }), this.#state);
      this.requests.push({ at: this.now, actor, command, events, version: this.#state.version });
    }
    return outcome;
  }

  /** @throws Impossible when the program would refuse. */
  ask<T extends CaseCommandType>(actor: Actor, type: T, data: CaseCommandData[T], occurredAt?: Instant): void {
    const outcome = this.propose(actor, type, data, occurredAt);
    if (outcome.ok) return;
    throw new Impossible(
      `${type}: ${outcome.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).join(', ')}`,
    );
  }

  /** Whatever alarm is set for the time in between rings. @throws Impossible when no time is left. */
  moveTo(moment: Instant): void {
    if (moment > this.endsAt) {
      this.ranOutOfTime = true;
      throw new Impossible('no time left');
    }
    if (this.dutiful) this.#ringUntil(moment);
    if (moment > this.now) this.now = moment;
  }

  /** A little later: people do one thing after the other. @throws Impossible */
  tick(): void {
    this.moveTo(this.later(`PT${this.random.integer(4, 35)}M`));
  }

  later(duration: Duration): Instant {
    return plus(this.now, duration, cambodia.zone);
  }

  /** The same case at the same moment, to be played on in another way: chance depends on nothing but the purpose. */
  copy(purpose: string): Rehearsal {
    const { child, team, now: startsAt, endsAt, dutiful } = this;
    const random = this.random.fork(`${purpose} ${startsAt}`);
    const copy = new Rehearsal({ child, team, pathways: this.#pathways, random, startsAt, endsAt, dutiful });
    copy.#state = this.#state;
    copy.requests.push(...this.requests);
    copy.errands = [...this.errands];
    copy.duties = new Map(this.duties);
    return copy;
  }

  mark(): Mark {
    const { now, requests, errands, duties, unheard } = this;
    return {
      state: this.#state,
      now,
      requests: requests.length,
      errands: [...errands],
      duties: new Map(duties),
      unheard: new Set(unheard),
    };
  }

  goBack(mark: Mark): void {
    this.#state = mark.state;
    this.now = mark.now;
    this.requests.length = mark.requests;
    this.errands = [...mark.errands];
    this.duties = new Map(mark.duties);
    this.unheard = new Set(mark.unheard);
  }

  /** Does it, or leaves everything as it was. */
  attempt(work: () => void): boolean {
    const mark = this.mark();
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      this.goBack(mark);
      return false;
    }
  }

  /** Tells the case of each deadline whose time has come, when it comes, as the worker does. */
  #ringUntil(moment: Instant): void {
    const next = (): Alarm | undefined => nextAlarm(Object.values(this.state.deadlines), moment, this.unheard);
    for (let alarm = next(); alarm !== undefined; alarm = next()) {
      if (alarm.at > this.now) this.now = alarm.at;
      this.propose(system, 'ReachRungs', { deadline: alarm.deadline });
      // The worker would try again and again; here one try is enough to see that nothing comes of it.
      if (next()?.of === alarm.of) this.unheard.add(alarm.of);
    }
  }

  /** Nothing is said to have happened before the case came to where it is. */
  #happenedAt(): Instant {
    if (this.lag === 'PT0S') return this.now;
    const then = plus(this.now, `-${this.lag}`, 'UTC');
    const earliest = this.#state.status === 'none' ? this.now : (this.state.enrolment?.entry.at ?? this.state.openedAt);
    return then > earliest ? then : earliest;
  }
}
