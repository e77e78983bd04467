import type { FactValue, Pathway } from '#libs/pathways';
import type { Occurrence } from '../actor.js';
import type { CaseCommand } from '../commands.js';
import { inConflict } from '../conditions/steps.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { afterwards, noCase } from '../evolve.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { CaseState, KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { factGuardsUnmet, factProblems } from './facts.js';

export function openCase(command: CaseCommand<'OpenCase'>, context: DecideContext): Outcome {
  const { pathway, facts = {}, startAt, ...data } = command.data;
  // Whoever is shut out of everything about a child finds no child.
  if (context.shutOut.includes(context.actor.agency)) return unknown(unmet('NotFound', 'personId'));
  const opened: CaseEvent = { type: 'CaseOpened', data, ...whenOf(command) };
  if (pathway === undefined) return accepted(opened);
  const from = data.openedFrom === undefined ? undefined : startAt;
  return enrolled({ key: pathway, facts, startAt: from }, command, noCase, context, opened);
}

export function enrolCase(command: CaseCommand<'EnrolCase'>, state: KnownCase, context: DecideContext): Outcome {
  if (state.enrolment !== undefined) return conflict(unmet('AlreadyExists', 'enrolment', state.enrolment.pathway));
  const { pathway: key, facts = {} } = command.data;
  return enrolled({ key, facts }, command, state, context);
}

export function assignCase(command: CaseCommand<'AssignCase'>, state: KnownCase, context: DecideContext): Outcome {
  const { owner, agency } = command.data;
  if (state.owner === owner && state.agency === agency) return accepted();
  if (inConflict(state, context, owner, agency)) {
    return refused(unmet('ConflictOfInterest', 'owner'));
  }
  return accepted(assigned({ owner, agency }, state, command));
}

export function assigned(
  to: { owner: string; agency: string },
  state: KnownCase,
  occurrence: Occurrence,
): CaseEvent<'CaseAssigned'> {
  return {
    type: 'CaseAssigned',
    data: { ...to, ...(state.owner === undefined ? {} : { previousOwner: state.owner }) },
    ...whenOf(occurrence),
  };
}

/** Another case that has to do with this one: sisters and brothers, co-accused, the same child. */
export function linkCase(command: CaseCommand<'LinkCase'>, { links }: KnownCase): Outcome {
  const { caseId } = command.data;
  if (links.some((link) => link.caseId === caseId)) return accepted();
  return accepted({ type: 'CaseLinked', data: command.data, ...whenOf(command) });
}

interface Enrolling {
  key: string;
  facts: Record<string, FactValue>;
  startAt?: string | undefined;
}

/**
 * Facts and tracks come before the enrolment, so that deadlines that start with it know the child's situation, and what
 * the facts open is opened at once.
 */
function enrolled(
  { key, facts, startAt }: Enrolling,
  occurrence: Occurrence,
  state: CaseState,
  context: DecideContext,
  ...before: CaseEvent[]
): Outcome {
  const pathway = context.pathway(key);
  if (pathway === undefined) return unknown(unmet('NotFound', 'pathway', key));
  const { initial, entries = [] } = pathway.definition;
  const when = whenOf(occurrence);
  const events: CaseEvent[] = [
    ...before,
    ...(Object.keys(facts).length === 0 ? [] : [{ type: 'FactsRecorded' as const, data: { facts }, ...when }]),
    ...initialTracks(pathway, when),
    { type: 'CaseEnrolled', data: { pathway: key, state: startAt ?? initial }, ...when },
  ];
  const problems = [
    ...factProblems(facts, pathway),
    ...(startAt === undefined || startAt === initial || entries.includes(startAt)
      ? []
      : [unmet('NotFound', 'startAt', startAt)]),
    ...factGuardsUnmet(facts, afterwards(events, state, context), context, when.occurredAt),
  ];
  return problems.length > 0 ? refused(...problems) : accepted(...events);
}

function initialTracks({ definition }: Pathway, when: Occurrence): CaseEvent[] {
  return Object.entries(definition.tracks).flatMap(([track, { initial }]) =>
    initial === undefined ? [] : [{ type: 'TrackMoved' as const, data: { track, to: initial }, ...when }],
  );
}

export function whenOf({ occurredAt, precision }: Occurrence): Occurrence {
  return { occurredAt, precision };
}
