import type { FacilityAct } from '#libs/pathways';
import { withDeadlines } from '../deadlines/consequences.js';
import { extension } from '../deadlines/extend.js';
import { liesAhead, notAhead } from '../occurrence.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import { unmet } from '../texts.js';
import { accuse, clear } from './accusations.js';
import { facilityCarrier } from './carrier.js';
import type { FacilityCommand, FacilityCommandType } from './commands.js';
import { changeDetails, registerFacility, reportUnregistered } from './entry.js';
import type { FacilityEvent } from './events.js';
import { countUndecided, moveFacility, reachFacilityRungs, recordInspection, setClosingDate } from './life.js';
import type { FacilityContext } from './register.js';
import { isAccused, type FacilityState, type KnownFacility } from './state.js';

type Entry = 'RegisterFacility' | 'ReportUnregisteredFacility';

/** Which rule of the register says who may do what. What the program does by itself is nobody's act. */
const acts: Record<FacilityCommandType, FacilityAct | undefined> = {
  RegisterFacility: 'register',
  ReportUnregisteredFacility: 'report',
  MoveFacility: 'move',
  RecordInspection: 'inspect',
  ChangeFacilityDetails: 'change',
  AccuseFacility: 'accuse',
  ClearFacility: 'clear',
  SetClosingDate: 'move',
  CountUndecided: undefined,
  ExtendDeadline: undefined,
  ReachRungs: undefined,
};

type Handlers = {
  [T in Exclude<FacilityCommandType, Entry>]: (
    command: FacilityCommand<T>,
    state: KnownFacility,
    context: FacilityContext,
  ) => Outcome<FacilityEvent>;
};

/** One function for each command that needs the facility to be known. Each lists what stands in its own way. */
const handlers: Handlers = {
  MoveFacility: moveFacility,
  RecordInspection: recordInspection,
  ChangeFacilityDetails: changeDetails,
  AccuseFacility: accuse,
  ClearFacility: clear,
  SetClosingDate: setClosingDate,
  CountUndecided: countUndecided,
  ExtendDeadline: (command, state, context) =>
    extension(command.data, command, state, context.register.deadlines, context),
  ReachRungs: (command, state, context) => accepted(...reachFacilityRungs(command, state, context)),
};

/** Decides on a command on a facility: the events it makes, deadlines included, or everything in its way. Pure. */
export function decideFacility(
  command: FacilityCommand,
  state: FacilityState,
  context: FacilityContext,
): Outcome<FacilityEvent> {
  const outcome = decideCommand(notAhead(command, context), state, context);
  if (!outcome.ok) return outcome;
  return { ok: true, events: withDeadlines(facilityCarrier, outcome.events, state, context) };
}

function decideCommand(
  command: FacilityCommand,
  state: FacilityState,
  context: FacilityContext,
): Outcome<FacilityEvent> {
  if (liesAhead(command, context)) return refused(unmet('InFuture', 'occurredAt'));
  if (command.type === 'RegisterFacility' || command.type === 'ReportUnregisteredFacility') {
    if (state.status === 'known') return conflict(unmet('AlreadyExists', 'code'));
    return merged(roleProblems(command, command.data.code, context), enter(command, context));
  }
  // While an allegation stands, the facility's own people find nothing of it (GR-COI).
  if (state.status === 'none' || isHidden(state, context)) return unknown(unmet('NotFound', 'facility'));
  const handler = handlers[command.type] as (
    command: FacilityCommand,
    state: KnownFacility,
    context: FacilityContext,
  ) => Outcome<FacilityEvent>;
  return merged(roleProblems(command, state.code, context), handler(command, state, context));
}

function enter(command: FacilityCommand<Entry>, context: FacilityContext): Outcome<FacilityEvent> {
  return command.type === 'RegisterFacility'
    ? registerFacility(command, context)
    : reportUnregistered(command, context);
}

function isHidden(state: KnownFacility, { actor }: FacilityContext): boolean {
  return actor.agency === state.code && isAccused(state);
}

/** The roles that the register names, and nobody for the facility they work in. */
function roleProblems({ type }: FacilityCommand, code: string, { actor, register }: FacilityContext): Unmet[] {
  const act = acts[type];
  if (act === undefined) return [];
  return [
    ...(register.life.roles[act].some((role) => actor.roles.includes(role)) ? [] : [unmet('RoleNotAllowed', act)]),
    ...(code === actor.agency ? [unmet('ConflictOfInterest', 'facility')] : []),
  ];
}

/** Whoever may not do it is told what else is in the way, too; where the facility has moved on, that alone counts. */
function merged(problems: Unmet[], outcome: Outcome<FacilityEvent>): Outcome<FacilityEvent> {
  if (problems.length === 0) return outcome;
  if (outcome.ok) return refused(...problems);
  return outcome.refusal.kind === 'unmet' ? refused(...problems, ...outcome.refusal.unmet) : outcome;
}
