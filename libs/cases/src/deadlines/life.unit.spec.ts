import { describe, expect, it } from '@jest/globals';
import {
  ask,
  event,
  given,
  START,
  storyIn,
  supervisor,
  system,
  type Story,
} from '../../../../test/support/case-specification.js';
import {
  after,
  assessed,
  closed,
  contact,
  decided,
  document,
  exception,
  facts,
  note,
  openCase,
  risk,
  riskAgreed,
  riskProposed,
  step,
  submitted,
  supported,
  track,
} from '../../../../test/support/case-stories.js';

const deadline = (story: Story, key: string) => story.known().deadlines[key];

describe('a deadline', () => {
  it('is armed by its start, with its due time and the rungs of its ladder', () => {
    const story = given(...assessed(), step('T02', { reason: 'threatened' }));
    expect(deadline(story, 'D_SAFETY.1')).toMatchObject({
      status: 'armed',
      startedAt: START,
      dueAt: after({ hours: 24 }),
      ladder: 'L_SAFETY',
      closedOnArrival: false,
      rungs: [
        { rung: 0, at: after({ hours: 12 }), recipients: ['owner'] },
        { rung: 1, at: after({ hours: 22 }) },
        { rung: 2, at: after({ hours: 24 }), action: 'TAKE_OVER_OR_REASSIGN' },
        { rung: 3, at: after({ hours: 28 }) },
        { rung: 4, at: after({ hours: 48 }) },
        { rung: 5, at: after({ hours: 96 }) },
      ],
    });
  });

  it('is met in time when its stop happened by the due time, and late a moment later', () => {
    const story = given(...assessed(), step('T02', { reason: 'threatened' }));
    const plan = (hours: number, minutes = 0) => document('SAFETY_PLAN', { at: after({ hours, minutes }) });
    story
      .when(plan(24))
      .then(
        event('DocumentRecorded'),
        event('DeadlineMet', { deadline: 'D_SAFETY.1', inTime: true, recordedLate: false }),
      );
    story.when(plan(24, 1)).thenAmongOthers(event('DeadlineMet', { inTime: false, recordedLate: false }));
  });

  it('is met in time, recorded late, when it happened in time and was told afterwards', () => {
    given(...assessed(), step('T02', { reason: 'threatened' }))
      .when(document('SAFETY_PLAN', { at: after({ hours: 20 }), recordedAt: after({ days: 5 }) }))
      .thenAmongOthers(event('DeadlineMet', { metAt: after({ hours: 20 }), inTime: true, recordedLate: true }));
  });

  it('starts with what happened, not with when it was told: its due time may have passed on arrival', () => {
    const late = { at: START, recordedAt: after({ days: 3 }) };
    const story = given(...assessed(late), step('T02', { reason: 'threatened' }, late));
    expect(deadline(story, 'D_SAFETY.1')).toMatchObject({ closedOnArrival: true, dueAt: after({ hours: 24 }) });
    // Reminders say nothing new any more; what follows the due time does.
    expect(deadline(story, 'D_SAFETY.1')?.rungs.map(({ rung }) => rung)).toEqual([2, 3, 4, 5]);
  });

  it('is given up, not met, when what it waited for is not due any more', () => {
    given(openCase(), step('T02', { reason: 'threatened' }), risk('low'))
      .when(step('T03', {}, { at: after({ hours: 1 }) }))
      .thenAmongOthers(
        event('TransitionTaken', { to: 'ASSESSMENT' }),
        event('DeadlineCancelled', { deadline: 'D_SAFETY.1', because: 'no_duty' }),
      );
  });

  it('begins anew when its start comes again', () => {
    const screened = { at: after({ hours: 5 }) };
    given(openCase(), risk('high'))
      .when(risk('high', screened))
      .thenAmongOthers(
        event('DeadlineCancelled', { deadline: 'D_SCREEN.1', because: 'restarted' }),
        event('DeadlineArmed', { deadline: 'D_SCREEN.2', startedAt: after({ hours: 5 }) }),
      );
  });

  it('runs on when what its track enters is where it was: a child held at another post is held', () => {
    given(openCase({ facts: { arrivedAt: START } }), track('LIBERTY', 'CUSTODY'))
      .when(track('LIBERTY', 'CUSTODY'))
      .then(event('TrackMoved', { from: 'CUSTODY', to: 'CUSTODY' }));
  });

  it('ends with the case, unless it outlives it', () => {
    const story = given(...closed());
    expect(deadline(story, 'D_REVIEW.1')?.status).toBe('cancelled');
    expect(deadline(story, 'D_AFTERCARE.1')?.status).toBe('armed');
  });
});

describe('due times', () => {
  it('in working days skip weekends and holidays and last to the end of the day', () => {
    const beforeNewYear = { at: '2026-04-10T02:00:00.000Z' };
    expect(deadline(given(...submitted(beforeNewYear)), 'D_PANEL.1')?.dueAt).toBe('2026-04-22T16:59:59.000Z');
  });

  it('in calendar days end with the day, or at the same time of day', () => {
    const story = given(...supported());
    expect(deadline(story, 'D_REVIEW.1')?.dueAt).toBe('2026-04-01T16:59:59.000Z');
    expect(deadline(story, 'D_CONTACT.1')?.dueAt).toBe('2026-03-09T02:00:00.000Z');
  });

  it('may run from the time held by a fact', () => {
    const story = given(openCase({ facts: { arrivedAt: '2026-03-02T06:00:00+07:00' } }), track('LIBERTY', 'CUSTODY'));
    expect(deadline(story, 'D_CUSTODY.1')).toMatchObject({
      startedAt: '2026-03-01T23:00:00.000Z',
      dueAt: '2026-03-02T23:00:00.000Z',
    });
  });

  it('may count back from a date', () => {
    const story = given(openCase({ facts: { hearingOn: '2026-04-30' } }), ...assessed().slice(1));
    expect(deadline(story, 'D_HEARING.1')?.dueAt).toBe('2026-04-15T17:00:00.000Z');
  });

  it('may be a birthday, as the first day of its month, so that the date is not given away', () => {
    const story = storyIn({ birthDate: '2009-08-17' })(openCase());
    expect(deadline(story, 'D_MAJORITY.1')).toMatchObject({
      startedAt: '2026-07-31T17:00:00.000Z',
      dueAt: '2027-07-31T17:00:00.000Z',
    });
    expect(deadline(given(openCase()), 'D_MAJORITY.1')).toBeUndefined();
  });

  it('is not undone by a birthday: what was missed before it stays missed', () => {
    const grown = { at: '2027-09-01T02:00:00.000Z' };
    const story = storyIn({ birthDate: '2009-08-17' })(openCase(), note('CASE_NOTE', grown));
    expect(deadline(story, 'D_MAJORITY.1')).toMatchObject({ status: 'armed', dueAt: '2027-07-31T17:00:00.000Z' });
  });
});

describe('a time known only to the day', () => {
  it('starts a clock at its earliest hour', () => {
    const day = { at: '2026-03-02T05:00:00.000Z', precision: 'day' as const };
    const story = given(openCase(), step('T02', { reason: 'threatened' }, day));
    expect(deadline(story, 'D_SAFETY.1')?.startedAt).toBe('2026-03-01T17:00:00.000Z');
  });

  it('stops a clock at the end of that day, but never later than now', () => {
    const story = given(openCase(), step('T02', { reason: 'threatened' }));
    const told = (at: string, recordedAt: string) => document('SAFETY_PLAN', { at, precision: 'day', recordedAt });
    story
      .when(told('2026-03-02T03:00:00.000Z', '2026-03-05T03:00:00.000Z'))
      .thenAmongOthers(event('DeadlineMet', { metAt: '2026-03-02T16:59:59.000Z', inTime: true, recordedLate: true }));
    story
      .when(told('2026-03-03T01:00:00.000Z', '2026-03-03T01:30:00.000Z'))
      .thenAmongOthers(event('DeadlineMet', { metAt: '2026-03-03T01:30:00.000Z', inTime: true }));
  });
});

describe('a deadline whose inputs change', () => {
  const medium = given(openCase(), risk('medium'));

  it('is worked out again from the same start', () => {
    medium.when(risk('high', { at: after({ hours: 10 }) })).thenAmongOthers(
      event('DeadlineCancelled', { definition: 'D_ASSESS', because: 'recomputed' }),
      event('DeadlineArmed', {
        definition: 'D_ASSESS',
        startedAt: START,
        dueAt: after({ hours: 72 }),
        replaces: 'D_ASSESS.2',
      }),
    );
  });

  it('stays as it is when nothing changes for it', () => {
    medium.when(risk('low')).thenNone('DeadlineArmed', 'DeadlineCancelled');
    medium.when(facts({ places: 3 })).then(event('FactsRecorded'));
  });

  it('does not tell a rung twice that was told before', () => {
    const at = after({ days: 15 });
    const overdue = given(openCase(), risk('medium')).and(
      ask('ReachRungs', { deadline: 'D_ASSESS.2' }, { at, actor: system }),
    );
    const told = deadline(overdue, 'D_ASSESS.2')?.reached ?? [];
    expect(told).toEqual([0, 1, 2, 3]);
    const raised = overdue.and(risk('high', { at }));
    expect(deadline(raised, 'D_ASSESS.3')).toMatchObject({ reached: [2, 3], closedOnArrival: true });
    raised
      .when(ask('ReachRungs', { deadline: 'D_ASSESS.3' }, { at, actor: system }))
      .then(
        event('RungReached', { rung: 4 }),
        event('EscalationRaised', { rung: 4 }),
        event('RungReached', { rung: 5 }),
        event('EscalationRaised', { rung: 5 }),
      );
  });

  it('keeps its start in mind while there is no duty, and comes back with it', () => {
    const none = medium
      .and(...riskProposed('no_action'))
      .when(riskAgreed())
      .thenAmongOthers(
        event('DeadlineCancelled', { definition: 'D_ASSESS', because: 'no_duty' }),
        event('DeadlineAwaited', { definition: 'D_ASSESS', startedAt: START }),
      );
    none
      .when(risk('high', { at: after({ hours: 1 }) }))
      .thenAmongOthers(event('DeadlineArmed', { definition: 'D_ASSESS', dueAt: after({ hours: 72 }) }));
    expect(none.and(...assessed().slice(2)).known().awaited).not.toContainEqual(
      expect.objectContaining({ definition: 'D_ASSESS' }),
    );
  });

  it('is armed once the date that it waits for is known, and moves with it', () => {
    const waiting = given(...assessed());
    expect(waiting.known().awaited).toMatchObject([{ definition: 'D_HEARING', startedAt: START }]);
    waiting
      .when(facts({ hearingOn: '2026-04-30' }))
      .then(
        event('FactsRecorded'),
        event('DeadlineArmed', { definition: 'D_HEARING', dueAt: '2026-04-15T17:00:00.000Z' }),
      )
      .when(facts({ hearingOn: '2026-05-30' }))
      .then(
        event('FactsRecorded'),
        event('DeadlineCancelled', { deadline: 'D_HEARING.1', because: 'recomputed' }),
        event('DeadlineArmed', { deadline: 'D_HEARING.2', dueAt: '2026-05-15T17:00:00.000Z' }),
      );
    waiting.when(note('CASE_NOTE')).then(event('NoteAdded'), event('DeadlineDismissed', { definition: 'D_HEARING' }));
  });

  it('follows a fact that its limit depends on', () => {
    const held = given(openCase({ facts: { arrivedAt: START, offence: 'PETTY' } }), track('LIBERTY', 'CUSTODY'));
    held
      .when(facts({ offence: 'FELONY' }))
      .thenAmongOthers(event('DeadlineArmed', { definition: 'D_CUSTODY', dueAt: after({ hours: 48 }) }));
  });
});

describe('a deadline that contacts renew', () => {
  const supportedCase = given(...supported());
  const visit = (days: number, recordedAt?: string) =>
    contact({}, { at: after({ days }), ...(recordedAt === undefined ? {} : { recordedAt }) });

  it('is met by each and armed again from it', () => {
    supportedCase
      .when(visit(5))
      .then(
        event('ContactRecorded'),
        event('DeadlineMet', { deadline: 'D_CONTACT.1' }),
        event('DeadlineArmed', { deadline: 'D_CONTACT.2', occurrence: 2, dueAt: after({ days: 12 }) }),
      );
  });

  it('is neither met nor moved by an older contact that is told late, nor by one that reached nobody', () => {
    const visited = supportedCase.and(visit(5));
    visited.when(visit(3, after({ days: 6 }))).then(event('ContactRecorded'));
    visited.when(contact({ reached: false }, { at: after({ days: 6 }) })).then(event('ContactRecorded'));
    supportedCase
      .when(visit(-10, START))
      .thenAmongOthers(event('DeadlineArmed', { deadline: 'D_CONTACT.2', dueAt: after({ days: 7 }) }));
  });

  it('keeps its last contact in mind while there is no duty', () => {
    const nextDay = { at: after({ days: 1 }) };
    const resting = supportedCase.and(...riskProposed('no_action', nextDay), riskAgreed(nextDay), visit(4));
    resting
      .when(risk('high', { at: after({ days: 5 }) }))
      .thenAmongOthers(event('DeadlineArmed', { definition: 'D_CONTACT', dueAt: after({ days: 11 }), occurrence: 2 }));
  });

  it('is ended by its stop, even by one that is told late', () => {
    supportedCase
      .and(visit(5))
      .when(step('T07', { reasonCode: 'ILL' }, { at: after({ days: 4 }), recordedAt: after({ days: 6 }) }))
      .thenAmongOthers(event('DeadlineMet', { deadline: 'D_CONTACT.2' }));
  });
});

describe('a schedule', () => {
  const aftercare = given(...closed());
  const visit = (days: number) => contact({ kind: 'HOME_VISIT' }, { at: after({ days }) });

  it('arms every occurrence at once', () => {
    expect(['D_AFTERCARE.1', 'D_AFTERCARE.2', 'D_AFTERCARE.3'].map((key) => deadline(aftercare, key)?.dueAt)).toEqual([
      '2026-04-01T16:59:59.000Z',
      '2026-05-31T16:59:59.000Z',
      undefined,
    ]);
  });

  it('is met occurrence by occurrence, each in its own window, and late ones together', () => {
    aftercare.when(visit(10)).then(event('ContactRecorded'), event('DeadlineMet', { deadline: 'D_AFTERCARE.1' }));
    aftercare
      .when(visit(80))
      .then(
        event('ContactRecorded'),
        event('DeadlineMet', { deadline: 'D_AFTERCARE.1', inTime: false }),
        event('DeadlineMet', { deadline: 'D_AFTERCARE.2', inTime: true }),
      );
  });

  it('counts a late visit for the coming occurrence only when it is nearer to that one', () => {
    const late = event('DeadlineMet', { deadline: 'D_AFTERCARE.1', inTime: false });
    aftercare.when(visit(60)).then(event('ContactRecorded'), late);
    aftercare
      .when(visit(61))
      .then(event('ContactRecorded'), late, event('DeadlineMet', { deadline: 'D_AFTERCARE.2', inTime: true }));
  });

  it('grows and shrinks with the risk', () => {
    const high = aftercare.and(risk('high'));
    const open = Object.values(high.known().deadlines).filter((each) => each.definition === 'D_AFTERCARE');
    expect(open.filter(({ status }) => status === 'armed').map(({ occurrence }) => occurrence)).toEqual([1, 2, 3]);
    const later = { at: after({ days: 6 }) };
    const low = high.and(visit(5), ...riskProposed('low', later), riskAgreed(later));
    const left = Object.values(low.known().deadlines).filter((each) => each.definition === 'D_AFTERCARE');
    expect(left.filter(({ status }) => status === 'armed').map(({ dueAt }) => dueAt)).toEqual([
      '2026-05-31T16:59:59.000Z',
    ]);
  });

  it('is ended by its stop: what had begun is met, what had not is not due any more', () => {
    aftercare
      .when(step('T11', { assignee: { owner: 'worker-2', agency: 'osvy' } }, { at: after({ days: 10 }) }))
      .thenAmongOthers(
        event('DeadlineMet', { deadline: 'D_AFTERCARE.1' }),
        event('DeadlineCancelled', { deadline: 'D_AFTERCARE.2', because: 'no_duty' }),
      );
  });
});

describe('deadlines about one referral, exception or decision', () => {
  it('run side by side for several exceptions', () => {
    const story = given(openCase(), exception({ exceptionId: 'e1' }), exception({ exceptionId: 'e2' }));
    expect([deadline(story, 'D_EXCEPTION.1')?.subject, deadline(story, 'D_EXCEPTION.2')?.subject]).toEqual([
      'e1',
      'e2',
    ]);
    expect(deadline(story, 'D_EXCEPTION.1')?.status).toBe('armed');
  });

  it('run for each decision until a notice answers them', () => {
    const story = given(openCase(), decided({ decisionId: 'd1' }), decided({ decisionId: 'd2' }));
    story
      .when(document('NOTICE_OF_DECISION'))
      .then(
        event('DocumentRecorded'),
        event('DeadlineMet', { deadline: 'D_NOTICE.1' }),
        event('DeadlineMet', { deadline: 'D_NOTICE.2' }),
      );
  });
});

describe('extending a deadline', () => {
  const extend = (key: string, until: string, more = {}, actor = supervisor) =>
    ask('ExtendDeadline', { deadline: key, until, reason: 'floods', ...more }, { actor });
  const open = given(openCase());

  it('is done by a supervisor, once, with a ladder that begins anew', () => {
    const until = after({ days: 8 });
    const extended = open
      .when(extend('D_ASSESS.1', until))
      .then(
        event('DeadlineExtended', { until }),
        event('DeadlineCancelled', { deadline: 'D_ASSESS.1', because: 'extended' }),
        event('DeadlineArmed', { deadline: 'D_ASSESS.2', dueAt: until, replaces: 'D_ASSESS.1', reachedBefore: [] }),
      );
    expect(deadline(extended, 'D_ASSESS.2')?.rungs.map(({ rung }) => rung)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    extended.when(extend('D_ASSESS.2', after({ days: 9 }))).thenRefused('NotExtendable D_ASSESS.2');
    extended.when(risk('high')).thenNone('DeadlineCancelled');
  });

  it('is refused for everything that is wrong with it, and always for limits of law', () => {
    const held = given(openCase({ facts: { arrivedAt: START } }), track('LIBERTY', 'CUSTODY'));
    held
      .when(extend('D_CUSTODY.1', START, { reason: ' ' }, { id: 'worker-1', roles: ['OSVY_SW'], agency: 'osvy' }))
      .thenRefused('RoleNotAllowed deadline', 'NotExtendable D_CUSTODY.1', 'FieldInvalid until', 'FieldInvalid reason');
  });

  it('needs one that is open', () => {
    open.when(extend('D_ASSESS.9', after({ days: 8 }))).thenUnknown('NotFound deadline');
    given(...assessed())
      .when(extend('D_ASSESS.1', after({ days: 8 })))
      .thenConflict('WrongState cancelled');
  });
});

describe('rungs', () => {
  const open = given(openCase());
  const reach = (span: { days?: number; hours?: number }, key = 'D_ASSESS.1') =>
    ask('ReachRungs', { deadline: key }, { at: after(span), actor: system });

  it('are reached each once, in order, however often the alarm rings', () => {
    open
      .when(reach({ hours: 48 }))
      .then(event('RungReached', { rung: 0 }), event('EscalationRaised', { rung: 0, overdue: false }))
      .when(reach({ hours: 48 }))
      .thenNothingHappened();
  });

  it('that fell due together are reached together', () => {
    open
      .when(reach({ days: 5 }))
      .then(
        ...[0, 1, 2, 3].flatMap((rung) => [
          { ...event('RungReached', { rung }), occurredAt: after({ hours: [48, 72, 96, 120][rung] ?? 0 }) },
          event('EscalationRaised', { rung, overdue: rung > 1 }),
        ]),
      );
  });

  it('are not reached before their time, nor when the deadline is met, given up or unknown', () => {
    open.when(reach({ hours: 47 })).thenNothingHappened();
    given(...assessed())
      .when(reach({ days: 60 }))
      .thenNothingHappened();
    open.when(reach({ days: 60 }, 'D_NONE.1')).thenNothingHappened();
  });

  it('leave records where the ladder says so', () => {
    given(openCase({ facts: { arrivedAt: START } }), track('LIBERTY', 'CUSTODY'))
      .when(reach({ hours: 24 }, 'D_CUSTODY.1'))
      .thenAmongOthers(event('RungReached', { rung: 3, records: 'LEGAL_LIMIT_EXCEEDED' }));
  });

  it('of a calendar deadline on a day off wait for the next working morning; the item stays due', () => {
    const story = given(...supported({ at: '2026-03-12T02:00:00.000Z' }));
    // 30 days later is Saturday 11 April; Monday 13 April is a working day before the New Year.
    expect(deadline(story, 'D_REVIEW.1')).toMatchObject({ dueAt: '2026-04-11T16:59:59.000Z' });
    expect(deadline(story, 'D_REVIEW.1')?.rungs.find(({ rung }) => rung === 2)?.at).toBe('2026-04-13T01:00:00.000Z');
  });
});
