import { describe, expect, it } from '@jest/globals';
import { supervisor, worker } from '../../../../test/support/case-specification.js';
import { testCommon } from '../../../../test/support/test-vocabulary.js';
import type { Actor } from '../actor.js';
import type { PersonCase, PersonContext } from './context.js';
import { decidePerson } from './decide-person.js';
import type { PersonDetails } from './details.js';
import {
  evolvePerson,
  noPerson,
  type PersonCommandData,
  type PersonCommand,
  type PersonCommandType,
  type PersonState,
} from './person.js';

const START = '2026-03-02T02:00:00.000Z';

const details: PersonDetails = {
  facts: { sex: 'female', ageBand: '12-14', province: '12', synthetic: true },
  identity: { familyNameLatin: 'Chan', givenNameLatin: 'Sreymom', birthDate: '2013-05-02' },
  location: { locationCode: '120101' },
};

const safety: PersonCase = { caseId: 'case-a', agency: 'osvy', owner: 'worker-1', ended: false, ownsSafety: true };
const care: PersonCase = { caseId: 'case-c', agency: 'ngo', owner: 'worker-2', ended: false, ownsSafety: false };
const elsewhere: Actor = { id: 'worker-2', roles: ['NGO_CW'], agency: 'ngo' };

interface Told {
  actor?: Actor;
  now?: string;
  hidden?: boolean;
  other?: PersonContext['other'];
}

function when<T extends PersonCommandType>(
  state: PersonState,
  type: T,
  data: PersonCommandData[T],
  { actor = worker, now = START, hidden = false, other }: Told = {},
) {
  const command = { type, data, occurredAt: now, precision: 'moment' } as unknown as PersonCommand;
  const cases = [safety, care];
  const told = { personId: 'person-1', now, zone: 'Asia/Phnom_Penh', actor, common: testCommon };
  const context = { ...told, cases, hidden, other };
  const outcome = decidePerson(command, state, context);
  const events = outcome.ok ? outcome.events : [];
  return {
    events,
    state: events.reduce((known, event) => evolvePerson(known, { event, by: actor.id, recordedAt: now }), state),
    refused: outcome.ok ? [] : outcome.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).sort(),
  };
}

const known = when(noPerson, 'RegisterPerson', details).state;

describe('a person', () => {
  it('is registered with names and home sealed, and only what finds nobody in clear', () => {
    const { events } = when(noPerson, 'RegisterPerson', details);
    expect(events).toMatchObject([
      {
        type: 'PersonRegistered',
        data: details.facts,
        sealed: { identity: details.identity, location: details.location },
      },
    ]);
    expect(JSON.stringify(events[0]?.data)).not.toMatch(/Chan|Sreymom|2013|120101/);
  });

  it('told again in the same words makes no event', () => {
    expect(when(known, 'RegisterPerson', structuredClone(details)).events).toEqual([]);
  });

  it('that changes says which fields did, not what they hold', () => {
    const { events } = when(known, 'ChangePersonDetails', {
      facts: { ...details.facts, district: '1201' },
      identity: { givenNameLatin: 'Srey Mom' },
      location: {},
    });
    expect(events).toMatchObject([
      {
        type: 'PersonDetailsChanged',
        data: {
          changed: [
            'facts.district',
            'identity.birthDate',
            'identity.familyNameLatin',
            'identity.givenNameLatin',
            'location.locationCode',
          ],
        },
      },
    ]);
  });

  it('is the fold of its events', () => {
    expect(known).toEqual({ ...noPerson, version: 1, ...details });
  });

  it('must be there before anything else is said of it', () => {
    expect(when(noPerson, 'UnmergePerson', { reason: 'x' }).refused).toEqual(['NotFound person']);
  });

  it('is not there for whoever must not know of the child, not even to be registered once more', () => {
    const flag = { flagId: 'flag-1', kind: 'SAFETY', caseId: 'case-a', reason: 'synthetic' };
    const refusals = [
      when(known, 'RegisterPerson', details, { hidden: true }),
      when(known, 'RaisePersonFlag', flag, { hidden: true }),
      when(known, 'MergePerson', { into: 'person-2', reason: 'synthetic' }, { hidden: true }),
    ];
    for (const { refused } of refusals) expect(refused).toEqual(['NotFound person']);
  });
});

describe('a flag on a person (pathways 9)', () => {
  const flag = { flagId: 'flag-1', kind: 'SAFETY', caseId: 'case-a', reason: 'The suspect lives there' };
  const flagged = when(known, 'RaisePersonFlag', flag).state;

  it('is raised from a case of the child, and says that, not why', () => {
    const { events } = when(known, 'RaisePersonFlag', flag);
    expect(events).toMatchObject([
      { type: 'PersonFlagRaised', data: { flagId: 'flag-1', kind: 'SAFETY', caseId: 'case-a' } },
    ]);
    expect(JSON.stringify(events[0]?.data)).not.toContain('suspect');
  });

  it('is not raised from a case that the worker has no part in, of a kind that is not listed, or without a reason', () => {
    expect(when(known, 'RaisePersonFlag', flag, { actor: elsewhere }).refused).toEqual(['NotFound caseId']);
    expect(when(known, 'RaisePersonFlag', { ...flag, kind: 'Sok Dara', reason: ' ' }).refused).toEqual([
      'FieldInvalid reason',
      'NotFound kind',
    ]);
  });

  it('is lifted by a supervisor who did not raise it', () => {
    const lift = { flagId: 'flag-1', reason: 'He moved away' };
    expect(when(flagged, 'LiftPersonFlag', lift).refused).toEqual(['RoleNotAllowed flagId', 'TwoPersonRule flagId']);
    expect(when(flagged, 'LiftPersonFlag', lift, { actor: elsewhere }).refused).toEqual(['RoleNotAllowed flagId']);
    expect(when(flagged, 'LiftPersonFlag', lift, { actor: supervisor }).state.flags).toEqual([]);
  });
});

describe('a move that another case prepares (pathways 9)', () => {
  const agreement = { caseId: 'case-c', byCase: 'case-a', reason: 'The aunt was visited' };

  it('is agreed to by who works on the case that owns the safety of the child', () => {
    const { state } = when(known, 'AgreeToMove', agreement);
    expect(state.agreements).toEqual([{ caseId: 'case-c', at: START }]);
  });

  it('is not agreed to by the case that moves the child', () => {
    expect(when(known, 'AgreeToMove', agreement, { actor: elsewhere }).refused).toEqual(['NotFound byCase']);
    const own = { ...agreement, byCase: 'case-c' };
    expect(when(known, 'AgreeToMove', own, { actor: elsewhere }).refused).toEqual(['NotFound byCase']);
  });
});

describe('a record that is of the same child as another (pathways 9)', () => {
  const merge = { into: 'person-2', reason: 'Same birth certificate' };
  const other = { version: 1, merged: undefined };
  const merged = when(known, 'MergePerson', merge, { actor: supervisor, other }).state;

  it('is merged into it by a person', () => {
    expect(merged.merged).toEqual({ into: 'person-2', at: START });
  });

  it('is merged by nobody who does not supervise, and into nothing that is not there, is merged itself, or is this one', () => {
    expect(when(known, 'MergePerson', merge, { other }).refused).toEqual(['RoleNotAllowed person']);
    const by = { actor: supervisor };
    expect(when(known, 'MergePerson', merge, by).refused).toEqual(['NotFound into']);
    const gone = { version: 2, merged: { into: 'person-3', at: START } };
    expect(when(known, 'MergePerson', merge, { ...by, other: gone }).refused).toEqual(['WrongState into']);
    const self = { ...merge, into: 'person-1' };
    expect(when(known, 'MergePerson', self, { ...by, other }).refused).toEqual(['NotFound into']);
  });

  it('can be told apart again within 30 days', () => {
    const undo = { reason: 'They are twins' };
    const late = { actor: supervisor, now: '2026-04-01T02:00:00.001Z' };
    expect(when(merged, 'UnmergePerson', undo, late).refused).toEqual(['TooLate person']);
    const intime = { actor: supervisor, now: '2026-04-01T02:00:00.000Z' };
    expect(when(merged, 'UnmergePerson', undo, intime).state.merged).toBeUndefined();
  });
});
