import { describe, expect, it } from '@jest/globals';
import type { Unmet } from '#libs/cases';
import { Impossible, type Rehearsal } from '#libs/demonstration';
import type { TransitionDefinition } from '#libs/pathways';
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
  /** What a later refusal listed and the first one had not. */
  unheardOf: string[];
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
  const asked: Asked = {
    transition: transition.id,
    to: transition.to,
    missing: first.map(key),
    unheardOf: [],
    ledTo: undefined,
  };
  let missing = first;
  for (let round = 0; missing.length > 0 && round < ROUNDS; round += 1) {
    const left = missing;
    if (!rehearsal.attempt(() => supplyAll(rehearsal, attempt, left))) return asked;
    missing = unmetBy(rehearsal, attempt);
    asked.unheardOf.push(...missing.map(key).filter((each) => !asked.missing.includes(each)));
  }
  rehearsal.tick();
  return propose(rehearsal, attempt).ok ? { ...asked, ledTo: rehearsal.present } : asked;
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

  it('a refusal is complete: nothing is asked for later that was not on the first list', () => {
    expect(asked.filter(({ unheardOf }) => unheardOf.length > 0)).toEqual([]);
  });

  it('a step is taken once exactly what was listed is there, and leads where the definition says', () => {
    const taken = asked.filter(({ ledTo }) => ledTo !== undefined);
    for (const { transition, to, ledTo } of taken) expect([transition, ledTo]).toEqual([transition, to]);
    const all = pathway.definition.transitions.map(({ id }) => id);
    const steps = new Set(taken.map(({ transition }) => transition));
    expect(all.filter((id) => !steps.has(id)).length).toBeLessThan(all.length * 0.2);
  });
});
