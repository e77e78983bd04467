import { isLocalDate, localDateOf, type Instant, type LocalDate } from '#libs/calendar';
import type { FacilityLife } from '#libs/pathways';
import type { Occurrence } from '../actor.js';
import { whenOf } from '../commands/open.js';
import { reachedRungs } from '../deadlines/reach.js';
import type { DeadlineEvent } from '../events.js';
import { accepted, conflict, refused, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import type { DeadlineStatus } from '../state.js';
import { unmet } from '../texts.js';
import type { FacilityCommand } from './commands.js';
import type { FacilityEvent } from './events.js';
import type { FacilityContext } from './register.js';
import type { KnownFacility } from './state.js';

/** From one state to another, as far as the life of a facility leads there. */
export function moveFacility(
  command: FacilityCommand<'MoveFacility'>,
  state: KnownFacility,
  context: FacilityContext,
): Outcome<FacilityEvent> {
  const { to, reasonCode, reason = '', closesOn } = command.data;
  const { life } = context.register;
  if (life.states[to] !== undefined && !leads(life, state.state, to)) return conflict(stateProblem(life, state.state));
  const reasonGiven = reason.trim() !== '';
  const problems = [
    ...(life.states[to] === undefined ? [unmet('NotFound', 'to', to)] : []),
    ...(reasonCode === undefined || life.reasons[reasonCode] !== undefined
      ? []
      : [unmet('NotFound', 'reasonCode', reasonCode)]),
    ...(reasonCode === undefined && !reasonGiven ? [unmet('FieldInvalid', 'reason')] : []),
    ...entryProblems(to, closesOn, state, context),
  ];
  if (problems.length > 0) return refused(...problems);
  const moved: FacilityEvent = {
    type: 'FacilityMoved',
    data: { from: state.state, to, ...(reasonCode === undefined ? {} : { reasonCode }), reasonGiven },
    ...(reasonGiven ? { sealed: { narrative: { reason } } } : {}),
    ...whenOf(command),
  };
  // The date comes first, so that deadlines that start with the move know it.
  return accepted<FacilityEvent>(...dateSet(closesOn, state, command), moved);
}

export function setClosingDate(
  command: FacilityCommand<'SetClosingDate'>,
  state: KnownFacility,
  context: FacilityContext,
): Outcome<FacilityEvent> {
  const { closesOn } = command.data;
  const { states } = context.register.life;
  if (states[state.state]?.ended === true) return conflict(stateProblem(context.register.life, state.state));
  const problems = dateProblems(closesOn, context);
  return problems.length > 0 ? refused(...problems) : accepted(...dateSet(closesOn, state, command));
}

/** What an inspection comes to leads on, if need be through the state in which one is due. */
export function recordInspection(
  command: FacilityCommand<'RecordInspection'>,
  state: KnownFacility,
  { register: { life } }: FacilityContext,
): Outcome<FacilityEvent> {
  const { text, ...data } = command.data;
  const result = life.inspection.results[data.result];
  const path = result && pathOf(result, state.state, life);
  const problems = [
    ...(result === undefined ? [unmet('NotFound', 'result', data.result)] : []),
    ...data.findings
      .filter((finding) => life.inspection.findings[finding] === undefined)
      .map((finding) => unmet('NotFound', 'findings', finding)),
    ...(state.inspections.some(({ inspectionId }) => inspectionId === data.inspectionId)
      ? [unmet('AlreadyExists', 'inspectionId')]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  if (path === undefined) return conflict(stateProblem(life, state.state));
  const when = whenOf(command);
  return accepted<FacilityEvent>(
    { type: 'FacilityInspected', data, ...(text === undefined ? {} : { sealed: { narrative: { text } } }), ...when },
    ...path.map(([from, to]) => moved(from, to, when)),
  );
}

/** Told only when it begins or ceases to be none, and while the facility closes. */
export function countUndecided(
  { data: { undecided }, ...when }: FacilityCommand<'CountUndecided'>,
  state: KnownFacility,
  { register }: FacilityContext,
): Outcome<FacilityEvent> {
  const known = state.undecided !== undefined && (state.undecided === 0) === (undecided === 0);
  if (register.life.states[state.state]?.closing !== true || known) return accepted<FacilityEvent>();
  return accepted<FacilityEvent>({ type: 'UndecidedCounted', data: { undecided }, ...whenOf(when) });
}

export function reachFacilityRungs(
  { data: { deadline } }: FacilityCommand<'ReachRungs'>,
  state: KnownFacility,
  context: FacilityContext,
): (FacilityEvent | DeadlineEvent)[] {
  return reachedRungs(deadline, state, context, (due, at) => movedOnDue(due, at, state, context));
}

/** A due time that has passed may change the state of the facility: an inspection is due now. */
function movedOnDue(
  { definition: id }: DeadlineStatus,
  at: Instant,
  { state }: KnownFacility,
  { register: { life, deadlines } }: FacilityContext,
): FacilityEvent[] {
  const onDue = deadlines.find(([each]) => each === id)?.[1].onDue;
  if (typeof onDue !== 'object' || !leads(life, state, onDue.facility)) return [];
  return [moved(state, onDue.facility, { occurredAt: at, precision: 'moment' })];
}

function moved(from: string, to: string, when: Occurrence): FacilityEvent<'FacilityMoved'> {
  return { type: 'FacilityMoved', data: { from, to, reasonGiven: false }, ...when };
}

function leads({ transitions }: FacilityLife, from: string, to: string): boolean {
  return transitions.some(([start, end]) => start === from && end === to);
}

/** The steps to where a result leads; undefined when it leads nowhere from here. */
function pathOf(
  { leadsTo, from }: FacilityLife['inspection']['results'][string],
  present: string,
  life: FacilityLife,
): [from: string, to: string][] | undefined {
  if (from !== undefined && !from.includes(present)) return undefined;
  if (leadsTo === undefined || leadsTo === present) return [];
  if (leads(life, present, leadsTo)) return [[present, leadsTo]];
  const { due } = life.inspection;
  if (!leads(life, present, due) || !leads(life, due, leadsTo)) return undefined;
  return [
    [present, due],
    [due, leadsTo],
  ];
}

/** What must be so before the facility may enter a state. */
function entryProblems(
  to: string,
  closesOn: LocalDate | undefined,
  state: KnownFacility,
  context: FacilityContext,
): Unmet[] {
  const entered = context.register.life.states[to];
  return [
    ...(closesOn === undefined ? [] : dateProblems(closesOn, context)),
    ...(entered?.closing === true && (closesOn ?? state.closesOn) === undefined
      ? [unmet('FieldInvalid', 'closesOn')]
      : []),
    ...(entered?.ended === true && context.residents > 0 ? [unmet('ChildrenRemain', 'residents')] : []),
  ];
}

/** Nobody closes a facility on a day that is past. */
function dateProblems(closesOn: LocalDate, { now, calendar }: FacilityContext): Unmet[] {
  const fits = isLocalDate(closesOn) && closesOn >= localDateOf(now, calendar.zone);
  return fits ? [] : [unmet('FieldInvalid', 'closesOn')];
}

function dateSet(closesOn: LocalDate | undefined, state: KnownFacility, when: Occurrence): FacilityEvent[] {
  if (closesOn === undefined || closesOn === state.closesOn) return [];
  return [{ type: 'ClosingDateSet', data: { closesOn }, ...whenOf(when) }];
}

function stateProblem({ states }: FacilityLife, present: string): Unmet {
  return unmet('FacilityState', present, states[present]?.title ?? present);
}
