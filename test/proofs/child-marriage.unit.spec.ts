import { describe, expect, it } from '@jest/globals';
import { coveringWalks, Impossible, Random, type Rehearsal } from '#libs/demonstration';
import { readExamples, registryOf } from '#libs/pathway-files';
import { armEveryDeadline } from './armed-deadlines.js';
import { BEGINNING, pathways, visitStates } from './rehearsing.js';
import { filledForm, propose, supplyAll, unmetBy } from './taking.js';

const { common } = pathways;
const registry = registryOf({ common, pathways: readExamples(common) });
const pathway = registry.current('E_CHILD_MARRIAGE');
const { definition } = pathway;

/** Closes the case with this outcome, doing what is asked for. */
function closeWith(outcome: string, visited: Rehearsal): Rehearsal | undefined {
  const rehearsal = visited.copy(outcome);
  const close = definition.transitions.find(({ to }) => to === 'CLOSED')!;
  const closed = rehearsal.attempt(() => {
    const attempt = filledForm(rehearsal, close, outcome);
    supplyAll(rehearsal, attempt, unmetBy(rehearsal, attempt));
    rehearsal.tick();
    if (!propose(rehearsal, attempt).ok) throw new Impossible('not yet');
  });
  return closed ? rehearsal : undefined;
}

describe('a pathway that is a file and nothing else: child marriage', () => {
  it('is walked along every one of its transitions', () => {
    const walks = coveringWalks(pathway, registry, new Random('child marriage'), BEGINNING);
    const taken = new Set(walks.flatMap(({ transitions }) => transitions));
    expect([...taken].sort()).toEqual(definition.transitions.map(({ id }) => id).sort());
  });

  it('comes from the report to each of its outcomes', () => {
    const closed = new Map<string, Rehearsal>();
    const visit = (visited: Rehearsal): void => {
      if (visited.present !== 'REVIEW') return;
      for (const outcome of Object.keys(definition.outcomes).filter((each) => !closed.has(each))) {
        const rehearsal = closeWith(outcome, visited);
        if (rehearsal !== undefined) closed.set(outcome, rehearsal);
      }
    };
    visitStates(pathway, visit, registry);
    expect([...closed.keys()].sort()).toEqual(Object.keys(definition.outcomes).sort());
    for (const [outcome, { state }] of closed) {
      expect(state.enrolment).toMatchObject({ state: 'CLOSED', outcome });
      expect(state.enrolment!.taken[0]).toMatchObject({ transition: 'M01', from: 'REPORT_RECEIVED' });
    }
  });

  it('starts each of its deadlines', () => {
    const armed = armEveryDeadline(pathway, registry);
    expect(Object.keys(definition.deadlines).filter((id) => !armed.has(id))).toEqual([]);
  });
});
