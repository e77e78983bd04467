import type { Instant } from '#libs/calendar';
import type { PathwayDefinition, ResidenceDefinition } from '#libs/pathways';
import { momentOfFact } from '../conditions/fact-moment.js';
import { holds } from '../conditions/holds.js';
import { viewOf, type DecideContext } from '../context.js';
import { factsIn } from '../deadlines/due.js';
import type { CaseEvent } from '../events.js';
import type { KnownCase, StayFacts } from '../state.js';
import { began, ended, isOpen } from './stay-events.js';

/** Where the child lives by the facts of the case, and since when. */
interface Residence {
  facility: string;
  from: Instant;
}

/** What newly told facts mean for where the child lives. */
export function careEvents(
  { residence }: PathwayDefinition,
  told: readonly string[],
  event: CaseEvent,
  state: KnownCase,
  context: DecideContext,
): CaseEvent[] {
  if (residence === undefined || !told.some((name) => factsOf(residence).includes(name))) return [];
  const open = openStay(state);
  const left = leftAt(residence, state, context);
  if (open !== undefined && left !== undefined && left >= open.from && told.includes(residence.until ?? '')) {
    return [ended(open, left, event)];
  }
  const here = residenceOf(residence, event, state, context);
  if (here === undefined) return open === undefined ? [] : [ended(open, event.occurredAt, event)];
  const timeTold = told.includes(residence.since);
  return open === undefined ? come(here, timeTold, left, event, state) : moved(open, here, timeTold, event, state);
}

/** An admission that is over does not begin again because its true time became known: that corrects it. */
function come(
  here: Residence,
  timeTold: boolean,
  left: Instant | undefined,
  event: CaseEvent,
  state: KnownCase,
): CaseEvent[] {
  const last = state.stays.filter(({ held, replacedAt }) => held === undefined && replacedAt === undefined).at(-1);
  const stay = state.stays.length + 1;
  if (last?.until !== undefined && last.facility === here.facility && (!timeTold || here.from <= last.until)) {
    if (!timeTold || last.from === here.from) return [];
    return [began(state, { ...here, replaces: last.stay }, event), ended({ stay, from: here.from }, last.until, event)];
  }
  const from = timeTold || last === undefined ? here.from : event.occurredAt;
  return [
    began(state, { ...here, from }, event),
    ...(left === undefined || left < from ? [] : [ended({ stay, from }, left, event)]),
  ];
}

/** Another time of admission corrects the stay; another facility ends it and begins one there. */
function moved(open: StayFacts, here: Residence, timeTold: boolean, event: CaseEvent, state: KnownCase): CaseEvent[] {
  if (open.facility === here.facility) {
    return timeTold && open.from !== here.from ? [began(state, { ...here, replaces: open.stay }, event)] : [];
  }
  const from = timeTold ? here.from : event.occurredAt;
  return [ended(open, from, event), began(state, { ...here, from }, event)];
}

/** A step after which the child does not live in the facility any more. */
export function leavingEvents(
  { transitions }: PathwayDefinition,
  event: CaseEvent<'TransitionTaken'>,
  state: KnownCase,
): CaseEvent[] {
  const open = openStay(state);
  const leaves = transitions.find(({ id }) => id === event.data.transition)?.leavesFacility;
  if (open === undefined || leaves === undefined) return [];
  const doesLeave = leaves === true || leaves.because.includes(event.data.reasonCode ?? '');
  return doesLeave ? [ended(open, event.occurredAt, event)] : [];
}

function residenceOf(
  { facility, since, when }: ResidenceDefinition,
  event: CaseEvent,
  state: KnownCase,
  context: DecideContext,
): Residence | undefined {
  const code = state.facts[facility];
  if (typeof code !== 'string' || state.enrolment === undefined) return undefined;
  if (when !== undefined && !holds(when, viewOf(state, context, event.occurredAt))) return undefined;
  const admitted = momentOfFact(state.facts[since], context.calendar.zone)?.earliest;
  return { facility: code, from: admitted ?? state.enrolment.enrolledAt };
}

function leftAt({ until }: ResidenceDefinition, { facts }: KnownCase, { calendar }: DecideContext) {
  return until === undefined ? undefined : momentOfFact(facts[until], calendar.zone)?.earliest;
}

function openStay({ stays }: KnownCase): StayFacts | undefined {
  return stays.find((stay) => isOpen(stay) && stay.held === undefined);
}

/** The facts that say where the child lives, and whether already. */
function factsOf({ facility, since, until, when }: ResidenceDefinition): string[] {
  return [facility, since, ...(until === undefined ? [] : [until]), ...(when === undefined ? [] : factsIn(when))];
}
