import { plus } from '#libs/calendar';
import { supervises } from '../commands/supervisors.js';
import { unmet } from '../texts.js';
import type { PersonContext } from './context.js';
import type { PersonDetails } from './details.js';
import { approveErasure, proposeErasure, withdrawErasure } from './erasure.js';
import { accept, reasonProblem, refuse, when, type PersonOutcome } from './outcome.js';
import type { PersonCommand, PersonCommandType, PersonState } from './person.js';

/** How long a merge can be undone (pathways 9). */
const UNDO_WITHIN = 'P30D';

type Handlers = {
  [T in PersonCommandType]: (command: PersonCommand<T>, state: PersonState, context: PersonContext) => PersonOutcome;
};

const handlers: Handlers = {
  RegisterPerson: keepDetails,
  ChangePersonDetails: keepDetails,
  RaisePersonFlag: raiseFlag,
  LiftPersonFlag: liftFlag,
  AgreeToMove: agreeToMove,
  MergePerson: merge,
  UnmergePerson: unmerge,
  ProposeErasure: proposeErasure,
  WithdrawErasure: withdrawErasure,
  ApproveErasure: approveErasure,
};

/** Decides on a command about a person. Pure, as `decide` is for a case. */
export function decidePerson(command: PersonCommand, state: PersonState, context: PersonContext): PersonOutcome {
  const isKnown = state.version > 0 || command.type === 'RegisterPerson';
  if (!isKnown || context.hidden || state.erased) return refuse('unknown', unmet('NotFound', 'person'));
  const handler = handlers[command.type] as (
    command: PersonCommand,
    state: PersonState,
    context: PersonContext,
  ) => PersonOutcome;
  return handler(command, state, context);
}

/** A change that changes nothing makes no event, so a record received twice leaves one trace. */
function keepDetails(
  { data: { facts, identity, location }, ...command }: PersonCommand<'RegisterPerson' | 'ChangePersonDetails'>,
  state: PersonState,
): PersonOutcome {
  const sealed = { identity: { ...identity }, location: { ...location } };
  if (state.facts === undefined) return accept({ type: 'PersonRegistered', data: facts, sealed, ...when(command) });
  const changed = changedKeys(state as PersonDetails, { facts, identity, location });
  if (changed.length === 0) return accept();
  return accept({ type: 'PersonDetailsChanged', data: { ...facts, changed }, sealed, ...when(command) });
}

/** Raised by whoever works on an open case of the child; heeded by all others, who never learn why. */
function raiseFlag(
  command: PersonCommand<'RaisePersonFlag'>,
  state: PersonState,
  context: PersonContext,
): PersonOutcome {
  const { flagId, kind, caseId, reason } = command.data;
  const problems = [
    ...(context.common.personFlags[kind] === undefined ? [unmet('NotFound', 'kind', kind)] : []),
    ...(worksOn(caseId, context) ? [] : [unmet('NotFound', 'caseId')]),
    ...reasonProblem(reason),
    ...(state.flags.some((flag) => flag.flagId === flagId) ? [unmet('AlreadyExists', 'flagId')] : []),
  ];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({
    type: 'PersonFlagRaised',
    data: { flagId, kind, caseId },
    sealed: { narrative: { reason } },
    ...when(command),
  });
}

/** Lifted by a supervisor who did not raise it, of the case it came from or of the province. */
function liftFlag(command: PersonCommand<'LiftPersonFlag'>, state: PersonState, context: PersonContext): PersonOutcome {
  const { flagId, reason } = command.data;
  const flag = state.flags.find((each) => each.flagId === flagId);
  if (flag === undefined) return refuse('unknown', unmet('NotFound', 'flagId'));
  const { actor } = context;
  const provincial = actor.roles.includes('PDOSVY_SUP');
  const mayLift = supervises(actor) && (provincial || worksOn(flag.caseId, context));
  const problems = [
    ...(mayLift ? [] : [unmet('RoleNotAllowed', 'flagId')]),
    ...(flag.by === actor.id ? [unmet('TwoPersonRule', 'flagId')] : []),
    ...reasonProblem(reason),
  ];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({ type: 'PersonFlagLifted', data: { flagId }, sealed: { narrative: { reason } }, ...when(command) });
}

/** While a case owns the child's safety, another case moves the child only with its agreement (pathways 9). */
function agreeToMove(command: PersonCommand<'AgreeToMove'>, _: PersonState, context: PersonContext): PersonOutcome {
  const { caseId, byCase, reason } = command.data;
  const owning = context.cases.some((each) => each.caseId === byCase && each.ownsSafety);
  const problems = [
    ...(context.cases.some((each) => each.caseId === caseId && !each.ended) ? [] : [unmet('NotFound', 'caseId')]),
    ...(owning && caseId !== byCase && worksOn(byCase, context) ? [] : [unmet('NotFound', 'byCase')]),
    ...reasonProblem(reason),
  ];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({
    type: 'MoveAgreed',
    data: { caseId, byCase },
    sealed: { narrative: { reason } },
    ...when(command),
  });
}

/** Always a person's decision, never a score's: twins and namesakes look alike to a program. */
function merge(command: PersonCommand<'MergePerson'>, state: PersonState, context: PersonContext): PersonOutcome {
  const { into, reason } = command.data;
  if (state.merged !== undefined) return refuse('state', unmet('WrongState', 'person'));
  const { other, actor, personId } = context;
  const problems = [
    ...(other === undefined || other.version === 0 || into === personId ? [unmet('NotFound', 'into')] : []),
    ...(other?.merged === undefined ? [] : [unmet('WrongState', 'into')]),
    ...(supervises(actor) ? [] : [unmet('RoleNotAllowed', 'person')]),
    ...reasonProblem(reason),
  ];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({ type: 'PersonMerged', data: { into }, sealed: { narrative: { reason } }, ...when(command) });
}

function unmerge(
  command: PersonCommand<'UnmergePerson'>,
  { merged }: PersonState,
  context: PersonContext,
): PersonOutcome {
  if (merged === undefined) return refuse('state', unmet('WrongState', 'person'));
  const { reason } = command.data;
  const last = plus(merged.at, UNDO_WITHIN, context.zone);
  const problems = [
    ...(supervises(context.actor) ? [] : [unmet('RoleNotAllowed', 'person')]),
    ...(context.now > last ? [unmet('TooLate', 'person', last.slice(0, 10))] : []),
    ...reasonProblem(reason),
  ];
  if (problems.length > 0) return refuse('unmet', ...problems);
  return accept({
    type: 'PersonUnmerged',
    data: { from: merged.into },
    sealed: { narrative: { reason } },
    ...when(command),
  });
}

function worksOn(caseId: string, { cases, actor }: PersonContext): boolean {
  const found = cases.find((each) => each.caseId === caseId && !each.ended);
  return found !== undefined && (found.owner === actor.id || found.agency === actor.agency);
}

function changedKeys(before: PersonDetails, after: PersonDetails): string[] {
  return (['facts', 'identity', 'location'] as const).flatMap((group) => {
    const left = before[group] as unknown as Record<string, unknown>;
    const right = after[group] as unknown as Record<string, unknown>;
    return [...new Set([...Object.keys(left), ...Object.keys(right)])]
      .filter((key) => left[key] !== right[key])
      .map((key) => `${group}.${key}`)
      .sort();
  });
}
