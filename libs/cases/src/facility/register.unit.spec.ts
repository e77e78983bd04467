import { describe, expect, it } from '@jest/globals';
import { supervisor, worker } from '../../../../test/support/case-specification.js';
import { after } from '../../../../test/support/case-stories.js';
import { fact, facility, tell, testRegister } from '../../../../test/support/facility-specification.js';
import {
  accused,
  carer,
  cleared,
  inspected,
  moveTo,
  registered,
  reported,
  secondSupervisor,
} from '../../../../test/support/facility-stories.js';
import { closingStates, inspectionDeadlines } from './register.js';

const secret = 'Chan Sreymom, house 7';

describe('a facility enters the register', () => {
  it('with what finds nobody in clear, and its name and address sealed', () => {
    const place = { name: secret, address: secret, phone: '000' };
    const { outcome } = facility().when(registered({ place, village: '17010203' }));
    expect(outcome).toMatchObject({
      ok: true,
      events: [
        {
          type: 'FacilityRegistered',
          data: { code: 'RCF-1', type: 'HOME', state: 'LISTED', capacity: 30, village: '17010203' },
          sealed: { identity: { name: secret }, location: { address: secret, phone: '000' } },
        },
        { type: 'DeadlineArmed', data: { definition: 'F_VISIT' } },
      ],
    });
  });

  it('of a kind whose place must not be known with nothing finer than the district in clear', () => {
    const story = facility(registered({ type: 'SHELTER', village: '17010203', place: { address: secret } }));
    expect(story.known().village).toBeUndefined();
    const [first] = story.history;
    expect(JSON.stringify(first?.event.data)).not.toMatch(/17010203|house/);
    expect(first?.event.sealed).toEqual({ location: { address: secret, village: '17010203' } });
    story
      .when(tell('ChangeFacilityDetails', { village: '17010204' }))
      .then({ type: 'FacilityDetailsChanged', data: { changed: [] }, sealed: { location: { village: '17010204' } } });
  });

  it('by whoever may, in a state it may begin in, with codes that fit together; all that is wrong is said at once', () => {
    const wrong = { type: 'CASTLE', state: 'GOOD', capacity: -1, district: '0801', village: '17010203' };
    facility()
      .when(registered(wrong, { actor: worker }))
      .thenRefused(
        'RoleNotAllowed register',
        'NotFound type',
        'FieldInvalid state',
        'FieldInvalid district',
        'FieldInvalid village',
        'FieldInvalid capacity',
      );
    facility(registered()).when(registered()).thenConflict('AlreadyExists code');
    facility()
      .when(registered({}, { actor: carer }))
      .thenRefused('ConflictOfInterest facility');
    facility()
      .when(registered({}, { at: after({ hours: 1 }), recordedAt: after({ hours: 0 }) }))
      .thenRefused('InFuture occurredAt');
  });

  it('SR-60: found unregistered, it is followed up within five working days', () => {
    const story = facility(reported({ text: secret }));
    expect(story.known()).toMatchObject({ state: 'FOUND', reportedChildren: 35, capacity: undefined });
    expect(JSON.stringify(story.history.map(({ event }) => event.data))).not.toContain(secret);
    // The first Monday of March; International Women's Day falls on a Sunday.
    expect(story.known().deadlines['F_FOUND.1']).toMatchObject({ status: 'armed', dueAt: '2026-03-09T16:59:59.000Z' });
    story
      .when(moveTo('LISTED', {}, { at: after({ days: 2 }) }))
      .then(
        fact('FacilityMoved', { from: 'FOUND', to: 'LISTED', reasonCode: 'DANGER', reasonGiven: false }),
        fact('DeadlineMet', { deadline: 'F_FOUND.1', inTime: true }),
        fact('DeadlineArmed', { definition: 'F_VISIT' }),
      );
    facility()
      .when(reported({ children: 3.5 }, { actor: carer }))
      .thenRefused('ConflictOfInterest facility', 'FieldInvalid children');
  });
});

describe('a facility moves', () => {
  it('as its life leads, with a reason in a code or in words, which are sealed', () => {
    const story = facility(registered());
    story.when(moveTo('GOOD')).thenConflict('FacilityState LISTED');
    story.when(moveTo('LIMBO', { reasonCode: 'NONE' })).thenRefused('NotFound reasonCode', 'NotFound to');
    story
      .when(tell('MoveFacility', { to: 'WARNED', reason: ' ' }, { actor: worker }))
      .thenRefused('FieldInvalid reason', 'RoleNotAllowed move');
    story.when(tell('MoveFacility', { to: 'WARNED', reason: secret })).then(
      {
        type: 'FacilityMoved',
        data: { from: 'LISTED', to: 'WARNED', reasonGiven: true },
        sealed: { narrative: { reason: secret } },
      },
      fact('DeadlineArmed', { definition: 'F_WARNED' }),
    );
  });

  it('to closing only with the day on which it closes, which lies ahead', () => {
    const good = facility(registered(), inspected('GOOD'));
    good.when(moveTo('CLOSING')).thenRefused('FieldInvalid closesOn');
    good.when(moveTo('CLOSING', { closesOn: '2026-03-01' })).thenRefused('FieldInvalid closesOn');
    good
      .when(moveTo('CLOSING', { closesOn: '2026-06-30' }))
      .then(
        fact('ClosingDateSet', { closesOn: '2026-06-30' }),
        fact('FacilityMoved', { to: 'CLOSING' }),
        fact('DeadlineArmed', { definition: 'F_DECIDED', dueAt: '2026-06-28T17:00:00.000Z' }),
      );
    good
      .and(tell('SetClosingDate', { closesOn: '2026-05-31' }))
      .when(moveTo('CLOSING'))
      .then(fact('FacilityMoved'), fact('DeadlineArmed', { dueAt: '2026-05-29T17:00:00.000Z' }));
  });

  it('to its end only when no child lives there any more, and then has no duties left', () => {
    const closing = facility(registered(), inspected('GOOD'), moveTo('CLOSING', { closesOn: '2026-06-30' }));
    closing.when(moveTo('GONE', {}, { residents: 2 })).thenRefused('ChildrenRemain residents');
    const gone = closing.and(moveTo('GONE', {}, { at: after({ days: 90 }) }));
    expect(Object.values(gone.known().deadlines).filter(({ status }) => status === 'armed')).toEqual([]);
    gone.when(tell('SetClosingDate', { closesOn: '2026-07-31' })).thenConflict('FacilityState GONE');
  });

  it('never by the hands of those who work there', () => {
    facility(registered())
      .when(moveTo('WARNED', {}, { actor: carer }))
      .thenRefused('ConflictOfInterest facility');
  });
});

describe('an inspection', () => {
  it('meets the visit that was due and begins the next year, whatever it comes to', () => {
    const at = after({ days: 200 });
    facility(registered())
      .when(inspected('WARNED', { findings: ['DIRTY', 'FULL'], text: secret }, { at }))
      .then(
        {
          type: 'FacilityInspected',
          data: { result: 'WARNED', findings: ['DIRTY', 'FULL'] },
          sealed: { narrative: { text: secret } },
        },
        fact('DeadlineMet', { deadline: 'F_VISIT.1', inTime: true }),
        fact('DeadlineArmed', { deadline: 'F_VISIT.2', startedAt: at }),
        fact('FacilityMoved', { from: 'LISTED', to: 'WARNED', reasonGiven: false }),
        fact('DeadlineArmed', { deadline: 'F_WARNED.1' }),
      );
  });

  it('leads on through the state in which one is due, and stays where it leads already', () => {
    facility(registered())
      .when(inspected('GOOD'))
      .then(
        fact('FacilityInspected'),
        fact('DeadlineMet'),
        fact('DeadlineArmed'),
        fact('FacilityMoved', { from: 'LISTED', to: 'VISIT_DUE' }),
        fact('FacilityMoved', { from: 'VISIT_DUE', to: 'GOOD' }),
      );
    facility(registered(), inspected('GOOD'))
      .when(inspected('GOOD', { inspectionId: 'next' }, { at: after({ days: 300 }) }))
      .then(fact('FacilityInspected'), fact('DeadlineMet'), fact('DeadlineArmed', { deadline: 'F_VISIT.3' }));
  });

  it('of one that is not registered makes it no better, but may stop it', () => {
    const found = facility(reported());
    found.when(inspected('GOOD')).thenConflict('FacilityState FOUND');
    found
      .when(inspected('STOPPED'))
      .then(
        fact('FacilityInspected'),
        fact('DeadlineArmed', { definition: 'F_VISIT' }),
        fact('FacilityMoved', { from: 'FOUND', to: 'STOPPED' }),
        fact('DeadlineMet', { definition: 'F_FOUND' }),
      );
    found.when(inspected('SEEN')).then(fact('FacilityInspected'), fact('DeadlineArmed', { definition: 'F_VISIT' }));
  });

  it('says all that is wrong with it at once', () => {
    facility(registered(), inspected('GOOD', { inspectionId: 'one' }))
      .when(inspected('SPLENDID', { inspectionId: 'one', findings: ['GHOSTS'] }, { actor: worker }))
      .thenRefused('AlreadyExists inspectionId', 'NotFound findings', 'NotFound result', 'RoleNotAllowed inspect');
    facility(registered()).when(inspected('SEEN')).thenConflict('FacilityState LISTED');
  });

  it('of a jail is the duty of others', () => {
    facility()
      .when(registered({ type: 'JAIL' }))
      .then(fact('FacilityRegistered'));
  });
});

describe('deadlines of a facility', () => {
  const due = '2027-03-02T16:59:59.000Z';

  it('climb their ladder like those of a case, each rung once, and move the facility when they pass', () => {
    const story = facility(registered());
    expect(story.known().deadlines['F_VISIT.1']?.dueAt).toBe(due);
    const late = tell('ReachRungs', { deadline: 'F_VISIT.1' }, { at: '2027-03-02T17:00:00.000Z' });
    story
      .when(late)
      .then(
        fact('RungReached', { rung: 0 }),
        fact('EscalationRaised', { rung: 0, overdue: false }),
        fact('RungReached', { rung: 1 }),
        fact('EscalationRaised', { rung: 1 }),
        fact('RungReached', { rung: 2 }),
        fact('EscalationRaised', { rung: 2, overdue: true }),
        fact('FacilityMoved', { from: 'LISTED', to: 'VISIT_DUE' }),
      )
      .when(late)
      .thenNothingHappened();
  });

  it('leave it where it is when its life does not lead there', () => {
    const warned = facility(registered(), inspected('WARNED'));
    const { outcome } = warned.when(tell('ReachRungs', { deadline: 'F_VISIT.2' }, { at: '2027-04-01T00:00:00.000Z' }));
    expect(outcome.ok && outcome.events.some(({ type }) => type === 'FacilityMoved')).toBe(false);
  });

  it('are extended once, by a supervisor, with a reason; one that protects children never', () => {
    const until = '2026-05-15T10:00:00.000Z';
    const extend = (deadline: string, actor = supervisor) =>
      tell('ExtendDeadline', { deadline, until, reason: secret }, { actor });
    const found = facility(reported());
    found.when(extend('F_FOUND.1', worker)).thenRefused('RoleNotAllowed deadline');
    found
      .when(extend('F_FOUND.1'))
      .then(fact('DeadlineExtended', { until }), fact('DeadlineCancelled'), fact('DeadlineArmed', { dueAt: until }));
    found
      .and(extend('F_FOUND.1'))
      .when(extend('F_FOUND.2'))
      .thenRefused('FieldInvalid until', 'NotExtendable F_FOUND.2');
    facility(registered(), inspected('GOOD'), moveTo('CLOSING', { closesOn: '2026-03-31' }))
      .when(extend('F_DECIDED.1'))
      .thenRefused('NotExtendable F_DECIDED.1');
    found.when(extend('F_NONE.1')).thenUnknown('NotFound deadline');
  });

  it('count from the closing date, and move with it', () => {
    facility(registered(), inspected('GOOD'), moveTo('CLOSING', { closesOn: '2026-06-30' }))
      .when(tell('SetClosingDate', { closesOn: '2026-04-30' }))
      .then(
        fact('ClosingDateSet'),
        fact('DeadlineCancelled', { because: 'recomputed' }),
        fact('DeadlineArmed', { dueAt: '2026-04-28T17:00:00.000Z', replaces: 'F_DECIDED.1' }),
      );
  });

  it('wait until every child of a closing facility has a decision; one found later starts them anew', () => {
    const count = (undecided: number) => tell('CountUndecided', { undecided }, { at: after({ days: 3 }) });
    facility(registered()).when(count(0)).thenNothingHappened();
    const closing = facility(registered(), inspected('GOOD'), moveTo('CLOSING', { closesOn: '2026-06-30' }));
    const waiting = closing.when(count(4)).then(fact('UndecidedCounted', { undecided: 4 }));
    waiting.when(count(2)).thenNothingHappened();
    const done = waiting
      .when(count(0))
      .then(fact('UndecidedCounted', { undecided: 0 }), fact('DeadlineMet', { deadline: 'F_DECIDED.1', inTime: true }));
    done.when(count(0)).thenNothingHappened();
    done
      .when(count(1))
      .then(fact('UndecidedCounted', { undecided: 1 }), fact('DeadlineArmed', { deadline: 'F_DECIDED.2' }));
  });

  it('are told apart by what they wait for', () => {
    expect(inspectionDeadlines(testRegister)).toEqual(['F_VISIT']);
    expect(closingStates(testRegister)).toEqual(['CLOSING']);
  });
});

describe('an allegation', () => {
  it('is sealed, and hides the facility from its own people until somebody else than who brought it clears it', () => {
    const story = facility(registered(), accused());
    const [, , allegation] = story.history;
    expect(allegation?.event).toMatchObject({
      type: 'FacilityAccused',
      data: { accusationId: 'accusation-1' },
      sealed: { perpetrator: { text: 'words' } },
    });
    story.when(moveTo('WARNED', {}, { actor: carer })).thenUnknown('NotFound facility');
    story
      .when(cleared('accusation-1', { actor: { ...supervisor, id: worker.id } }))
      .thenRefused('TwoPersonRule accusationId');
    const settled = story.when(cleared('accusation-1', { actor: secondSupervisor })).then(fact('FacilityCleared'));
    settled.when(moveTo('WARNED', {}, { actor: carer })).thenRefused('ConflictOfInterest facility');
    settled.when(cleared()).thenConflict('WrongState accusationId');
  });

  it('stands as long as one of several does', () => {
    facility(registered(), accused(), accused('accusation-2'), cleared())
      .when(moveTo('WARNED', {}, { actor: carer }))
      .thenUnknown('NotFound facility');
  });

  it('needs words, and a known name to be cleared', () => {
    const story = facility(registered());
    story
      .when(tell('AccuseFacility', { accusationId: 'a', text: '' }, { actor: { ...worker, roles: ['SCHOOL'] } }))
      .thenRefused('FieldInvalid text', 'RoleNotAllowed accuse');
    story.and(accused()).when(accused()).thenRefused('AlreadyExists accusationId');
    story.when(cleared('none')).thenUnknown('NotFound accusationId');
    story
      .and(accused())
      .when(tell('ClearFacility', { accusationId: 'accusation-1', reason: '' }, { actor: secondSupervisor }))
      .thenRefused('FieldInvalid reason');
  });
});

describe('details of a facility', () => {
  it('that change nothing make no event', () => {
    const story = facility(registered());
    story.when(tell('ChangeFacilityDetails', { capacity: 30, agency: 'pdosvy' })).thenNothingHappened();
    story.when(tell('ChangeFacilityDetails', { capacity: 20, place: { name: secret } })).then({
      type: 'FacilityDetailsChanged',
      data: { capacity: 20, changed: ['capacity', 'place.name'] },
      sealed: { identity: { name: secret } },
    });
    story
      .when(tell('ChangeFacilityDetails', { capacity: 99_999, village: '08010101' }, { actor: worker }))
      .thenRefused('FieldInvalid capacity', 'FieldInvalid village', 'RoleNotAllowed change');
  });

  it('of one that nobody knows cannot change', () => {
    facility()
      .when(tell('ChangeFacilityDetails', { capacity: 1 }))
      .thenUnknown('NotFound facility');
  });
});
