import { describe, expect, it } from '@jest/globals';
import { START, supervisor, worker } from '../../../../test/support/case-specification.js';
import { testCommon } from '../../../../test/support/test-vocabulary.js';
import type { Actor } from '../actor.js';
import type { PersonContext } from './context.js';
import { decidePerson } from './decide-person.js';
import { evolvePerson, noPerson, type PersonCommand, type PersonState } from './person.js';

const other: Actor = { ...supervisor, id: 'another-supervisor' };
const ended = { caseId: 'case-a', agency: 'osvy', owner: 'worker-1', ended: true, ownsSafety: true };
const facts = { sex: 'female', ageBand: '12-14', synthetic: true } as const;
const known: PersonState = { ...noPerson, version: 1, facts, identity: { familyNameLatin: 'Synthetic' } };
const proposal = { erasureId: 'erasure-1', because: 'court_order', reason: 'Synthetic order 5' };

function when(state: PersonState, type: string, data: object, actor: Actor, cases: PersonContext['cases'] = [ended]) {
  const command = { type, data, occurredAt: START, precision: 'moment' } as unknown as PersonCommand;
  const told = { personId: 'person-1', now: START, zone: 'Asia/Phnom_Penh', common: testCommon, hidden: false };
  const outcome = decidePerson(command, state, { ...told, actor, cases, other: undefined });
  const events = outcome.ok ? outcome.events : [];
  return {
    events,
    state: events.reduce((before, event) => evolvePerson(before, { event, by: actor.id, recordedAt: START }), state),
    refused: outcome.ok ? [] : outcome.refusal.unmet.map(({ code }) => code),
  };
}

describe('forgetting a child', () => {
  const proposed = when(known, 'ProposeErasure', proposal, supervisor).state;

  it('is proposed by who supervises, with a reason, when no case is open any more', () => {
    const open = [ended, { ...ended, ended: false }];
    const silent = { ...proposal, reason: ' ' };
    expect(when(known, 'ProposeErasure', silent, worker, open).refused).toEqual([
      'RoleNotAllowed',
      'CaseOpen',
      'FieldInvalid',
    ]);
    expect(JSON.stringify(when(known, 'ProposeErasure', proposal, supervisor).events[0]?.data)).not.toContain(
      'order 5',
    );
  });

  it('takes a second person, and a case that was opened meanwhile stops it', () => {
    const approval = { erasureId: 'erasure-1' };
    expect(when(proposed, 'ApproveErasure', approval, supervisor).refused).toEqual(['TwoPersonRule']);
    expect(when(proposed, 'ApproveErasure', approval, other, [{ ...ended, ended: false }]).refused).toEqual([
      'CaseOpen',
    ]);
    expect(when(known, 'ApproveErasure', approval, other).refused).toEqual(['NotFound']);
    const withdrawn = when(proposed, 'WithdrawErasure', { ...approval, reason: 'Not yet' }, other).state;
    expect(when(withdrawn, 'ApproveErasure', approval, other).refused).toEqual(['NotFound']);
  });

  it('leaves what counts and nothing that names, and closes the record to everything', () => {
    const { state } = when(proposed, 'ApproveErasure', { erasureId: 'erasure-1' }, other);
    expect(state).toMatchObject({ erased: true, facts, identity: {}, location: {} });
    for (const type of ['ChangePersonDetails', 'ProposeErasure', 'ApproveErasure', 'MergePerson']) {
      expect(when(state, type, proposal, other).refused).toEqual(['NotFound']);
    }
  });
});
