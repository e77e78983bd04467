import { describe, it } from '@jest/globals';
import { ask, event, given, START, supervisor } from '../../../../test/support/case-specification.js';
import { after, openCase, risk } from '../../../../test/support/case-stories.js';

const waiting = ask('OpenCase', { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true });

describe('opening a case', () => {
  it('may wait for a person to enrol it', () => {
    given()
      .when(waiting)
      .then(event('CaseOpened', { code: 'K-1' }));
  });

  it('enrols it, with what is known first, so that deadlines know the child', () => {
    given()
      .when(openCase({ facts: { custody: true } }))
      .thenAmongOthers(
        event('CaseOpened'),
        event('FactsRecorded', { facts: { custody: true } }),
        event('TrackMoved', { track: 'LIBERTY', to: 'AT_LIBERTY' }),
        event('CaseEnrolled', { pathway: 'TEST@1.0.0', state: 'INTAKE' }),
      );
  });

  it('happens once', () => {
    given(waiting).when(openCase()).thenConflict('AlreadyExists case');
  });

  it('needs a published pathway', () => {
    given()
      .when(openCase({ pathway: 'TEST@9.9.9' }))
      .thenUnknown('NotFound pathway');
  });

  it('refuses every fact that the pathway does not know or that does not fit, at once', () => {
    given()
      .when(
        openCase({
          facts: {
            unheard: 1,
            custody: 'yes',
            places: 11,
            hearingOn: '2026-02-30',
            arrivedAt: 'noon',
            offence: 'MURDER',
            facility: '',
          },
        }),
      )
      .thenRefused(
        'NotFound facts.unheard',
        'FieldInvalid facts.custody',
        'FieldInvalid facts.places',
        'FieldInvalid facts.hearingOn',
        'FieldInvalid facts.arrivedAt',
        'FieldInvalid facts.offence',
        'FieldInvalid facts.facility',
      );
  });

  it('takes every fact that fits', () => {
    const facts = {
      custody: false,
      places: 10,
      hearingOn: '2026-02-28',
      arrivedAt: '2026-03-02T08:00:00+07:00',
      offence: 'PETTY',
      facility: 'facility-1',
    };
    given().when(openCase({ facts })).thenAmongOthers(event('FactsRecorded', { facts }));
  });
});

describe('enrolling a case', () => {
  it('is done once, by the deadlines of its pathway', () => {
    const enrol = ask('EnrolCase', { pathway: 'TEST@1.0.0' });
    given(waiting)
      .when(enrol)
      .thenAmongOthers(event('CaseEnrolled'), event('DeadlineArmed', { definition: 'D_ASSESS' }));
    given(waiting, enrol).when(enrol).thenConflict('AlreadyExists enrolment');
    given(waiting)
      .when(ask('EnrolCase', { pathway: 'NONE@1.0.0' }))
      .thenUnknown('NotFound pathway');
  });

  it('starts what a risk known before would have started', () => {
    given(waiting, risk('high'))
      .when(ask('EnrolCase', { pathway: 'TEST@1.0.0' }))
      .thenAmongOthers(event('CaseEnrolled'), event('DeadlineArmed', { definition: 'D_SCREEN' }));
  });
});

describe('assigning a case', () => {
  const assign = (owner: string, agency = 'osvy') => ask('AssignCase', { owner, agency });

  it('remembers who had it before', () => {
    given(openCase())
      .when(assign('worker-2'))
      .then(event('CaseAssigned', { owner: 'worker-2', agency: 'osvy', previousOwner: 'worker-1' }));
  });

  it('to whom it belongs already changes nothing', () => {
    given(openCase()).when(assign('worker-1')).thenNothingHappened();
  });

  it('never goes to somebody in conflict of interest', () => {
    const conflict = ask('DeclareConflict', { conflictId: 'c', subject: 'staff', ref: 'worker-2', reason: 'cousin' });
    given(openCase(), conflict).when(assign('worker-2')).thenRefused('ConflictOfInterest owner');
    given(openCase(), conflict).when(assign('worker-3', 'worker-2')).thenRefused('ConflictOfInterest owner');
  });
});

describe('every command', () => {
  it('needs a case', () => {
    given().when(risk('high')).thenUnknown('NotFound case');
  });

  it('tells of the past', () => {
    given(openCase())
      .when(risk('high', { at: after({ minutes: 6 }), recordedAt: START }))
      .thenRefused('InFuture occurredAt');
  });

  it('takes the clock of a device a few minutes ahead for now', () => {
    given(openCase())
      .when(risk('high', { at: after({ minutes: 5 }), recordedAt: START, actor: supervisor }))
      .thenAmongOthers({ type: 'RiskLevelSet', occurredAt: START });
  });
});
