import { milliseconds } from '#libs/calendar';
import { deadlineDefinitions, type DeadlineStatus } from '#libs/cases';
import { system, type Rehearsal } from '#libs/demonstration';
import type { DeadlineDefinition, Pathway, Trigger } from '#libs/pathways';
import { bringAbout } from './bring-about.js';
import { pathways, visitStates } from './rehearsing.js';

/** A case in which a deadline has just been armed by what its definition says starts it. */
export interface ArmedDeadline {
  definition: DeadlineDefinition;
  deadline: DeadlineStatus;
  /** The case at this moment, and all that was asked for until then. */
  rehearsal: Rehearsal;
}

/** How often a start that is no step is tried from one state of the pathway, with another past each time. */
const TRIES = 2;
const DAY = 24 * 3_600_000;
/** Cases in which the same deadline was armed; as many again in other states of the pathway. */
const CASES = 3;

/**
 * Every deadline of a pathway, armed by what its definition says starts it: by a step wherever a walk takes it, by
 * anything else from wherever that is possible. Those that never were are not in what comes back.
 */
export function armEveryDeadline(pathway: Pathway, registry = pathways): Map<string, ArmedDeadline[]> {
  const found = new Map<string, ArmedDeadline[]>();
  const tries = new Map<string, number>();
  const keep = (rehearsal: Rehearsal): void => {
    for (const deadline of Object.values(rehearsal.state.deadlines)) {
      const cases = found.get(deadline.definition) ?? [];
      const isKnown = cases.some((each) => each.rehearsal.present === rehearsal.present);
      const isLikely = cases.length < CASES || (!isKnown && cases.length < 2 * CASES);
      if (!isLikely || !isFresh(deadline, rehearsal)) continue;
      const definition = definitionOf(deadline, rehearsal);
      // A notice that is told of no decision starts nothing that anybody could answer.
      if (definition.subject !== 'case' && deadline.subject === undefined) continue;
      const armed = { definition, deadline, rehearsal: rehearsal.copy(deadline.definition) };
      found.set(deadline.definition, [...cases, armed]);
    }
  };
  const visit = (rehearsal: Rehearsal): void => {
    keep(rehearsal);
    for (const [id, { start }] of deadlinesIn(rehearsal)) {
      const from = `${id} ${rehearsal.present}`;
      const tried = tries.get(from) ?? 0;
      if (found.get(id)?.length === 2 * CASES || tried === TRIES) continue;
      tries.set(from, tried + 1);
      tryToStart(rehearsal, id, start, keep);
    }
  };
  visitStates(pathway, visit, registry);
  return found;
}

/** Every deadline that the case may have, its own and the common ones, by its id. */
export function deadlinesIn(rehearsal: Rehearsal): [string, DeadlineDefinition][] {
  return deadlineDefinitions(rehearsal.state, rehearsal.contextFor(system)).filter(
    ([, { subject }]) => subject !== 'facility',
  );
}

function definitionOf({ definition }: DeadlineStatus, rehearsal: Rehearsal): DeadlineDefinition {
  return deadlinesIn(rehearsal).find(([id]) => id === definition)![1];
}

function tryToStart(
  visited: Rehearsal,
  id: string,
  start: readonly Trigger[],
  keep: (rehearsal: Rehearsal) => void,
): void {
  for (const trigger of start.filter(({ transition, entered }) => (transition ?? entered) === undefined)) {
    const rehearsal = visited.copy(`${id} ${JSON.stringify(trigger)}`);
    if (rehearsal.attempt(() => bringAbout(rehearsal, trigger))) keep(rehearsal);
  }
}

/** Armed for the first time and still to come, so that its whole ladder lies ahead. */
function isFresh({ status, replaces, dueAt, armedAt, occurrence }: DeadlineStatus, { now }: Rehearsal): boolean {
  const isNew = milliseconds(armedAt, now) < DAY && replaces === undefined && occurrence === 1;
  return isNew && status === 'armed' && dueAt > now;
}
