import { describe, expect, it } from '@jest/globals';
import {
  ask,
  chair,
  event,
  given,
  storyIn,
  supervisor,
  worker,
  type Asked,
} from '../../../../test/support/case-specification.js';
import {
  assessed,
  closed,
  consent,
  decided,
  decision,
  document,
  openCase,
  risk,
  step,
  submitted,
  supported,
} from '../../../../test/support/case-stories.js';

const attestation = { guard: 'T01.2', reason: 'searched' };

describe('taking a step', () => {
  it('moves the case, with attestations as facts of their own', () => {
    given(...assessed().slice(0, -1))
      .when(step('T01', { attestations: [attestation], reason: 'all is there' }))
      .thenAmongOthers(
        { ...event('GuardAttested', { guard: 'T01.2' }), sealed: { narrative: { reason: 'searched' } } },
        event('TransitionTaken', { transition: 'T01', from: 'INTAKE', to: 'ASSESSMENT', reasonGiven: true }),
      );
  });

  it('is refused with everything that is missing', () => {
    storyIn({ birthDate: '2016-01-01' })(openCase(), risk('high'))
      .when(
        step(
          'T01',
          { attestations: [{ guard: 'T09.9', reason: 'x' }], outcome: 'O9', reasonCode: 'words' },
          { actor: chair },
        ),
      )
      .thenRefused(
        'RoleNotAllowed T01',
        'NotFound outcome',
        'NotFound reasonCode',
        'NotFound T09.9',
        'DocumentMissing INTAKE_REPORT',
        'DocumentMissing SAFETY_PLAN',
        'ConsentMissing CONSENT_SERVICES',
        'ConsentMissing CHILD_ASSENT',
        'AttestationMissing T01.2',
      );
  });

  it('asks only for what applies: no safety plan without danger, no assent of a child below six', () => {
    storyIn({ birthDate: '2021-01-01' })(openCase())
      .when(step('T01', { attestations: [attestation] }))
      .thenRefused('DocumentMissing INTAKE_REPORT', 'ConsentMissing CONSENT_SERVICES', 'GuardUnmet T01.1');
  });

  it('needs a step that exists and leads on from here', () => {
    given(openCase()).when(step('T99')).thenUnknown('NotFound transition');
    given(openCase()).when(step('T05')).thenConflict('WrongState INTAKE');
    given(ask('OpenCase', { code: 'K', personId: 'p', agency: 'osvy', synthetic: true }))
      .when(step('T01'))
      .thenConflict('WrongState enrolment');
  });

  it('forgets what was recorded for an earlier stay in a state', () => {
    const returned: Asked[] = [
      ...submitted(),
      step(
        'T06',
        { decision: decision({ outcome: 'RETURN', missingItem: { code: 'BIA', by: '2026-03-09' } }) },
        {
          actor: chair,
        },
      ),
    ];
    given(...returned)
      .when(step('T04'))
      .thenRefused('DocumentMissing BIA', 'GuardUnmet T04.1');
  });
});

describe('a decision that comes with the step', () => {
  it('counts for its guards', () => {
    given(...submitted())
      .when(step('T05', { decision: decision() }, { actor: chair }))
      .thenAmongOthers(event('DecisionRecorded'), event('TransitionTaken', { to: 'SUPPORT', reasonGiven: true }));
  });

  it('is checked like any other, together with the step', () => {
    given(...submitted())
      .when(step('T05', { decision: decision({ reasons: '' }) }, { actor: chair }))
      .thenRefused('FieldInvalid decision.reasons');
  });

  it('is not taken by who submitted the case', () => {
    given(...submitted())
      .when(step('T05', { decision: decision() }, { actor: { ...chair, id: worker.id } }))
      .thenRefused('GuardUnmet T05.2');
  });

  it('may have been recorded before', () => {
    given(...submitted(), decided())
      .when(step('T05', {}, { actor: chair }))
      .thenAmongOthers(event('TransitionTaken'));
  });
});

describe('what a named person declares', () => {
  const declare = (guard: string, reason = 'seen it', actor = worker) =>
    ask('AttestGuard', { guard, reason }, { actor });
  const waiting = given(...assessed().slice(0, -1));

  it('holds while the case stays in its state', () => {
    waiting.and(declare('T01.2')).when(step('T01')).thenAmongOthers(event('TransitionTaken'));
    given(openCase(), declare('T01.2'), ...assessed().slice(1), step('T02', { reason: 'x' }))
      .when(declare('T01.2'))
      .thenConflict('WrongState SAFETY');
  });

  it('has a reason, and comes from who may say it', () => {
    waiting.when(declare('T01.2', ' ', chair)).thenRefused('RoleNotAllowed T01.2', 'FieldInvalid reason');
    waiting
      .when(step('T01', { attestations: [{ guard: 'T01.2', reason: '' }] }))
      .thenRefused('FieldInvalid attestations.T01.2', 'AttestationMissing T01.2');
    given(...supported())
      .when(step('T10', { outcome: 'O1', attestations: [{ guard: 'T10.3', reason: 'x' }] }))
      .thenRefused('RoleNotAllowed T10.3', 'AttestationMissing T10.3');
  });

  it('cannot replace a check that must hold, nor a guard that does not exist', () => {
    waiting.when(declare('T01.1')).thenRefused('RoleNotAllowed T01.1');
    waiting.when(declare('T77.1')).thenUnknown('NotFound guard');
    given(ask('OpenCase', { code: 'K', personId: 'p', agency: 'osvy', synthetic: true }))
      .when(declare('T01.2'))
      .thenConflict('WrongState enrolment');
  });

  it('may stand in for a check where the pathway says so', () => {
    given(...supported())
      .when(step('T10', { outcome: 'O1' }))
      .thenRefused('AttestationMissing T10.3');
    given(...supported(), declare('T10.3', 'moved abroad', supervisor))
      .when(step('T10', { outcome: 'O1' }))
      .thenAmongOthers(event('TransitionTaken', { outcome: 'O1' }));
  });
});

describe('a step that hands the case over', () => {
  const reopen = (owner: string) => step('T11', { assignee: { owner, agency: 'ngo' } });

  it('assigns it', () => {
    given(...closed())
      .when(reopen('worker-2'))
      .thenAmongOthers(event('TransitionTaken'), event('CaseAssigned', { owner: 'worker-2', agency: 'ngo' }));
  });

  it('never to somebody in conflict of interest, whether or not a guard says so', () => {
    const conflict = ask('DeclareConflict', { conflictId: 'c', subject: 'staff', ref: 'worker-2', reason: 'cousin' });
    given(...closed(), conflict)
      .when(reopen('worker-2'))
      .thenRefused('ConflictOfInterest assignee', 'GuardUnmet T11.1');
    given(...supported(), conflict)
      .when(step('T07', { reasonCode: 'ILL', assignee: { owner: 'worker-2', agency: 'ngo' } }))
      .thenRefused('ConflictOfInterest assignee');
  });
});

describe('the way back from a hold', () => {
  it('leads to where the case was held, unless the reason forbids it', () => {
    const held = (reasonCode: string) => given(...supported(), step('T07', { reasonCode }));
    held('ILL')
      .when(step('T08'))
      .thenAmongOthers(event('TransitionTaken', { to: 'SUPPORT' }));
    held('ILL').when(step('T09')).thenRefused('GuardUnmet T09.1');
    held('MOVED').when(step('T08')).thenRefused('GuardUnmet T08.1');
    given(...supported())
      .when(step('T07'))
      .thenRefused('GuardUnmet T07.1');
  });
});

describe('a story of a case', () => {
  it('is the fold of its events', () => {
    const story = given(...closed(), document('REVIEW_REPORT'), consent());
    expect(story.known().version).toBe(story.history.length);
    expect(story.known().enrolment).toMatchObject({ state: 'CLOSED', outcome: 'O1', previousState: 'SUPPORT' });
  });
});
