import { describe, expect, it } from '@jest/globals';
import { holds, viewOf, type Step, type Unmet, type View } from '#libs/cases';
import { Impossible, type Attempt, type Rehearsal } from '#libs/demonstration';
import type { Condition, TransitionDefinition } from '#libs/pathways';
import { shipped, visitStates } from './rehearsing.js';
import { filledForm, propose, supplyAll, unmetBy } from './taking.js';

/** Of the states that the walks come to, as many of each as are looked at. */
const OF_EACH_STATE = 3;

const key = ({ code, subject }: Unmet): string => `${code} ${subject}`;

/** More rounds than any step needs in which one thing supplied undoes another: time passes, and a contact is due again. */
const ROUNDS = 4;

/** What asking for a step came to: where it led, or what was missing and what came of supplying just that. */
interface Asked {
  transition: string;
  to: string;
  missing: string[];
  /** What a later refusal listed and the first one kept to itself, although it was missing then, too. */
  keptBack: string[];
  /** Where it led once nothing was missing; undefined when somebody could not supply what was. */
  ledTo: string | undefined;
}

function askFor(visited: Rehearsal): Asked[] {
  const { present = '', pathway } = visited;
  const leading = pathway.definition.transitions.filter(({ from }) => from.includes(present));
  return leading.flatMap((transition): Asked[] => {
    const rehearsal = visited.copy(transition.id);
    try {
      return [askOnce(rehearsal, transition)];
    } catch (error) {
      if (error instanceof Impossible) return [];
      throw error;
    }
  });
}

function askOnce(rehearsal: Rehearsal, transition: TransitionDefinition): Asked {
  const attempt = filledForm(rehearsal, transition);
  const first = unmetBy(rehearsal, attempt);
  const view = viewOf(rehearsal.state, rehearsal.contextFor(attempt.actor), rehearsal.now, {
    step: stepOf(attempt, rehearsal),
  });
  const asked: Asked = {
    transition: transition.id,
    to: transition.to,
    missing: first.map(key),
    keptBack: [],
    ledTo: undefined,
  };
  let missing = first;
  for (let round = 0; missing.length > 0 && round < ROUNDS; round += 1) {
    const left = missing;
    if (!rehearsal.attempt(() => supplyAll(rehearsal, attempt, left))) return asked;
    missing = unmetBy(rehearsal, attempt);
    const unheardOf = missing.filter((each) => !asked.missing.includes(key(each)));
    asked.keptBack.push(...unheardOf.filter((each) => wasMissing(each, transition, view)).map(key));
  }
  rehearsal.tick();
  return propose(rehearsal, attempt).ok ? { ...asked, ledTo: rehearsal.present } : asked;
}

/**
 * What is supplied changes the case, and another case needs other things: a child in custody a custody record, a year that
 * passes its contacts. Only what was asked for in the first place and was not there then had to be on the first list.
 */
function wasMissing({ code, subject }: Unmet, transition: TransitionDefinition, view: View): boolean {
  const { guards, documents, consents } = transition;
  const guard = guards.find(({ id }) => id === subject);
  if (guard !== undefined) return applies(guard, view) && !(guard.check !== undefined && holds(guard.check, view));
  const needed = [
    ...documents.filter((each) => each.code === subject),
    ...consents.filter(({ kind }) => kind === subject && code === 'ConsentMissing'),
  ];
  return needed.length === 0 || needed.some((each) => applies(each, view));
}

const applies = ({ when }: { when?: Condition }, view: View): boolean => when === undefined || holds(when, view);

function stepOf({ reasonCode, reason, outcome, assignee }: Attempt, { present = '' }: Rehearsal): Step {
  return { from: present, reasonCode, reasonGiven: reason !== undefined, dangerDeclared: false, outcome, assignee };
}

function askEverywhere(pathway: (typeof shipped)[number][1]): Asked[] {
  const seen = new Map<string, number>();
  const all: Asked[] = [];
  visitStates(pathway, (visited) => {
    const times = seen.get(visited.present ?? '') ?? 0;
    if (times === OF_EACH_STATE) return;
    seen.set(visited.present ?? '', times + 1);
    all.push(...askFor(visited));
  });
  return all;
}

describe.each(shipped)('%s, from every state that a case can come to', (_, pathway) => {
  const asked = askEverywhere(pathway);

  it('a refusal is complete: nothing that was missing is kept back for a second one', () => {
    expect(asked.filter(({ keptBack }) => keptBack.length > 0)).toEqual([]);
  });

  it('a step is taken once exactly what was listed is there, and leads where the definition says', () => {
    const taken = asked.filter(({ ledTo }) => ledTo !== undefined);
    for (const { transition, to, ledTo } of taken) expect([transition, ledTo]).toEqual([transition, to]);
    const all = pathway.definition.transitions.map(({ id }) => id);
    const steps = new Set(taken.map(({ transition }) => transition));
    expect(all.filter((id) => !steps.has(id)).length).toBeLessThan(all.length * 0.2);
  });
});
