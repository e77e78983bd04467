import { describe, expect, it } from '@jest/globals';
import type { Condition } from '#libs/pathways';
import { ask, chair, given, START, worker, type Story } from '../../../../test/support/case-specification.js';
import {
  assessed,
  decided,
  decision,
  facts,
  member,
  openCase,
  step,
  submitted,
  supported,
} from '../../../../test/support/case-stories.js';
import { viewOf, type Step } from '../context.js';
import { testPathway } from '../../../../test/support/test-pathway.js';
import { testCommon } from '../../../../test/support/test-vocabulary.js';
import { decisionEvent } from '../commands/decisions.js';
import { evolve } from '../evolve.js';
import type { DecisionInput } from '../commands.js';
import type { KnownCase } from '../state.js';
import { holds } from './holds.js';

type Told = Pick<Story, 'known' | 'context'>;

const truth = (story: Told, condition: Condition, more: Partial<Step> = {}, actor = worker): boolean =>
  holds(
    condition,
    viewOf(story.known(), story.context(actor), START, {
      step: {
        from: story.known().enrolment?.state ?? '',
        reasonCode: undefined,
        reasonGiven: false,
        dangerDeclared: false,
        outcome: undefined,
        assignee: undefined,
        ...more,
      },
    }),
  );

/** A decision as the log may hold it from a time when nobody checked it. */
function inTheLog(story: Story, data: Partial<DecisionInput>, by = chair.id): Told {
  const pathway = { definition: testPathway, common: testCommon };
  const event = decisionEvent(decision(data), pathway, { occurredAt: START, precision: 'moment' });
  const state = evolve(story.state, { event, by, recordedAt: START }) as KnownCase;
  return { known: () => state, context: story.context };
}

describe('a decision', () => {
  const approved: Condition = { decision: { outcome: ['APPROVE'], since: 'entry' } };

  it('counts when it was made since the state was entered', () => {
    const earlier = given(openCase(), decided(), ...assessed().slice(1));
    expect(truth(given(...submitted()), approved)).toBe(false);
    expect(truth(given(...submitted(), decided()), approved)).toBe(true);
    expect(truth(earlier, approved)).toBe(false);
    expect(truth(earlier, { decision: { outcome: ['APPROVE'] } })).toBe(true);
    expect(truth(earlier, { decision: { outcome: ['RETURN'] } })).toBe(false);
  });

  it('is superseded by a later one at the same gate, but not at another', () => {
    const twice = given(...submitted(), decided(), decided({ outcome: 'RETURN' }));
    expect(truth(twice, approved)).toBe(false);
    expect(truth(twice, { decision: { outcome: ['RETURN'], since: 'entry' } })).toBe(true);
    const elsewhere = given(...submitted(), decided(), decided({ gate: 'G2', outcome: 'ORDERED' }, { actor: worker }));
    expect(truth(elsewhere, approved)).toBe(true);
  });
});

describe('the quorum of a panel', () => {
  const met: Condition = { quorumMet: { gate: 'G1' } };
  const decidedBy = (...members: ReturnType<typeof member>[]) => inTheLog(given(...submitted()), { members });
  const [first, second] = [member('m-1'), member('m-2')];

  it('is met by three different people, the chair among them', () => {
    expect(truth(decidedBy(member('c', true), first, second), met)).toBe(true);
    expect(truth(decidedBy(member('c', true), first), met)).toBe(false);
    expect(truth(decidedBy(member('c', true), first, first), met)).toBe(false);
    expect(truth(decidedBy(member('m-3'), first, second), met)).toBe(false);
    expect(truth(given(...submitted()), met)).toBe(false);
  });

  it('counts who abstains, but not who stepped aside', () => {
    expect(truth(decidedBy(member('c', true), first, { ...second, vote: 'abstained' }), met)).toBe(true);
    expect(truth(decidedBy(member('c', true), first, { ...second, vote: 'none' }), met)).toBe(false);
    expect(truth(decidedBy({ ...member('c', true), vote: 'none' }, first, second), met)).toBe(false);
  });
});

describe('what a decision says', () => {
  it('shows whether the facility voted', () => {
    const noVote: Condition = { noVoteFrom: { fact: 'facility' } };
    const voting = [member('c', true), { ...member('m-1'), agency: 'facility-1' }];
    const aside = [member('c', true), { ...member('m-1'), agency: 'facility-1', vote: 'none' as const }];
    const atFacility = given(...submitted(), facts({ facility: 'facility-1' }));
    expect(truth(inTheLog(atFacility, { members: voting }), noVote)).toBe(false);
    expect(truth(inTheLog(atFacility, { members: aside }), noVote)).toBe(true);
  });

  it('shows the option, the missing item, the reason and the next review', () => {
    const full = given(
      ...submitted(),
      decided({
        option: 'kin',
        missingItem: { code: 'BIA', by: '2026-03-09' },
        reasonCode: 'ILL',
        reviewOn: '2026-04-01',
      }),
    );
    const bare = given(...submitted(), decided());
    const cases: [Condition, boolean, boolean][] = [
      [{ optionChosen: ['kin'] }, true, false],
      [{ optionChosen: ['facility'] }, false, false],
      [{ missingItemNamed: true }, true, false],
      [{ decisionReason: { not: ['MOVED'] } }, true, false],
      [{ decisionReason: { not: ['ILL'] } }, false, false],
      [{ reviewWithin: 'P30D' }, true, false],
      [{ reviewWithin: 'P29D' }, false, false],
    ];
    for (const [condition, whenFull, whenBare] of cases) {
      expect([condition, truth(full, condition)]).toEqual([condition, whenFull]);
      expect([condition, truth(bare, condition)]).toEqual([condition, whenBare]);
    }
  });
});

describe('who takes a step', () => {
  const other = { ...worker, id: 'worker-2' };
  const differs: Condition = { differsFromSubmitter: true };

  it('is known by role', () => {
    expect(truth(given(openCase()), { actor: ['OSVY_SW'] })).toBe(true);
    expect(truth(given(openCase()), { actor: ['GK_CHAIR'] })).toBe(false);
  });

  it('is somebody else than who submitted, and so is whoever decided or voted', () => {
    const waiting = given(...submitted());
    expect(truth(waiting, differs)).toBe(false);
    expect(truth(waiting, differs, {}, other)).toBe(true);
    expect(truth(waiting.and(decided()), differs, {}, chair)).toBe(true);
    const decidedBySubmitter = decided({}, { actor: { ...chair, id: worker.id } });
    expect(truth(waiting.and(decidedBySubmitter), differs, {}, chair)).toBe(false);
    expect(truth(waiting.and(decidedBySubmitter, decided()), differs, {}, chair)).toBe(true);
    const withSubmitter = { members: [member('c', true), member(worker.id)] };
    expect(truth(inTheLog(waiting, withSubmitter), differs, {}, chair)).toBe(false);
  });
});

describe('what a step carries', () => {
  const story = given(...supported());

  it.each<[Condition, Partial<Step>, boolean]>([
    [{ reasonCode: { list: 'HOLD' } }, {}, false],
    [{ reasonCode: { list: 'HOLD' } }, { reasonCode: 'ILL' }, true],
    [{ reasonCode: { list: 'HOLD' } }, { reasonCode: 'OTHER' }, false],
    [{ reasonCode: { list: 'HOLD', in: ['MOVED'] } }, { reasonCode: 'ILL' }, false],
    [{ reasonCode: { list: 'HOLD', in: ['MOVED'] } }, { reasonCode: 'MOVED' }, true],
    [{ reasonGiven: true }, {}, false],
    [{ reasonGiven: true }, { reasonGiven: true }, true],
    [{ outcomeCode: true }, {}, false],
    [{ outcomeCode: true }, { outcome: 'O1' }, true],
    [{ outcomeCode: true }, { outcome: 'O9' }, false],
    [{ from: ['SUPPORT'] }, {}, true],
    [{ from: ['PANEL'] }, {}, false],
    [{ assigneeWithoutConflict: true }, {}, false],
    [{ assigneeWithoutConflict: true }, { assignee: { owner: 'w-2', agency: 'osvy' } }, true],
    [{ taken: { transition: 'T01', atMost: 1 } }, {}, true],
    [{ taken: { transition: 'T01', atMost: 0 } }, {}, false],
  ])('%j with %j is %s', (condition, carried, expected) => {
    expect(truth(story, condition, carried)).toBe(expected);
  });

  it('shows a person or an agency in conflict of interest', () => {
    const declared = story.and(
      ask('DeclareConflict', { conflictId: 'c-1', subject: 'agency', ref: 'ngo', reason: 'x' }),
      ask('DeclareConflict', { conflictId: 'c-2', subject: 'staff', ref: 'w-2', reason: 'x' }),
    );
    const condition: Condition = { assigneeWithoutConflict: true };
    expect(truth(declared, condition, { assignee: { owner: 'w-3', agency: 'ngo' } })).toBe(false);
    expect(truth(declared, condition, { assignee: { owner: 'w-2', agency: 'osvy' } })).toBe(false);
    expect(truth(declared, condition, { assignee: { owner: 'w-3', agency: 'osvy' } })).toBe(true);
  });

  it('remembers from where and why the case is on hold', () => {
    const held = story.and(step('T07', { reasonCode: 'ILL' }));
    expect(truth(held, { heldFrom: ['SUPPORT'] })).toBe(true);
    expect(truth(held, { heldFrom: ['ASSESSMENT'] })).toBe(false);
    expect(truth(held, { heldBecause: ['ILL'] })).toBe(true);
    expect(truth(held, { heldBecause: ['MOVED'] })).toBe(false);
  });
});
