import { describe, it } from '@jest/globals';
import type { CaseCommandData } from '#libs/cases';
import { ask, event, given, supervisor } from '../../../../test/support/case-specification.js';
import {
  after,
  consent,
  document,
  draft,
  exception,
  openCase,
  sent,
  sharingWith,
} from '../../../../test/support/case-stories.js';

const withdraw = (consentId: string) => ask('WithdrawConsent', { consentId, giver: 'child' });

describe('consent', () => {
  it('is given for a kind of consent that exists, once', () => {
    given(openCase())
      .when(consent({ consentId: 'c' }))
      .then(event('ConsentGiven', { consentId: 'c', giver: 'child' }));
    given(openCase(), consent({ consentId: 'c' }))
      .when(consent({ consentId: 'c', kind: 'BIA' }))
      .thenRefused('NotFound kind', 'AlreadyExists consentId');
  });

  it('to share names whom it is shared with', () => {
    given(openCase())
      .when(consent({ kind: 'CONSENT_SHARING' }))
      .thenRefused('FieldInvalid recipient');
    given(openCase())
      .when(sharingWith('clinic'))
      .then(event('ConsentGiven', { recipient: 'clinic' }));
  });
});

describe('how a consent is given', () => {
  it('is heard by a witness when it is spoken, or given from afar', () => {
    given(openCase())
      .when(consent({ manner: 'witnessed_verbal' }))
      .thenRefused('FieldInvalid witness');
    given(openCase())
      .when(consent({ giver: 'caregiver', manner: 'remote_recorded', witness: 'Sok Dara' }))
      .then({ ...event('ConsentGiven', { witnessed: true }), sealed: { narrative: { witness: 'Sok Dara' } } });
  });

  it('says whose it is while a caregiver is blocked, and is never asked of that one', () => {
    const blocked = given(openCase(), exception({ code: 'EX1', blocked: { blockId: 'b', who: 'father' } }));
    blocked.when(consent({ giver: 'caregiver' })).thenRefused('FieldInvalid who');
    blocked.when(consent({ giver: 'caregiver', who: 'father' })).thenRefused('ContactBlocked who');
    blocked.when(consent({ giver: 'caregiver', who: 'mother' })).then(event('ConsentGiven', { who: 'mother' }));
  });

  it('is only by those who can give it', () => {
    given(openCase())
      .when(consent({ kind: 'CHILD_ASSENT', giver: 'caregiver' }))
      .thenRefused('FieldInvalid giver');
  });
});

describe('withdrawing consent', () => {
  const shared = given(openCase(), sharingWith('clinic', {}, 'c'), draft(), sent());

  it('recalls what nobody has accepted', () => {
    shared
      .when(withdraw('c'))
      .thenAmongOthers(
        event('ConsentWithdrawn', { consentId: 'c' }),
        event('ReferralRevoked', { referralId: 'referral-1', reason: 'NO_CONSENT' }),
        event('DeadlineMet', { definition: 'R01' }),
      );
  });

  it('leaves a draft, an accepted referral and other receivers alone', () => {
    given(openCase(), sharingWith('clinic', {}, 'c'), draft())
      .when(withdraw('c'))
      .then(event('ConsentWithdrawn'));
    shared
      .and(ask('AcceptReferral', { referralId: 'referral-1' }))
      .when(withdraw('c'))
      .then(event('ConsentWithdrawn'));
    shared
      .and(sharingWith('school', {}, 's'))
      .when(withdraw('s'))
      .then(event('ConsentWithdrawn'));
  });

  it('is done once, of a consent that was given', () => {
    given(openCase()).when(withdraw('c')).thenUnknown('NotFound consentId');
    shared.and(withdraw('c')).when(withdraw('c')).thenConflict('WrongState consentId');
  });

  it('stops new sharing at once', () => {
    given(openCase(), sharingWith('clinic', {}, 'c'), draft(), withdraw('c'))
      .when(sent())
      .thenRefused('ConsentMissing CONSENT_SHARING');
  });
});

describe('an exception from guardian consent', () => {
  const approve = (exceptionId: string) => ask('ApproveConsentException', { exceptionId }, { actor: supervisor });

  it('has a reason and a known code, stands in for consents, and is recorded once', () => {
    given(openCase(), exception({ exceptionId: 'e' }))
      .when(exception({ exceptionId: 'e', code: 'EX0', kinds: ['BIA'], reason: ' ' }))
      .thenRefused('NotFound code', 'NotFound kinds', 'FieldInvalid reason', 'AlreadyExists exceptionId');
  });

  it.each(['EX1', 'EX2', 'EX3'])('%s blocks the caregiver', (code) => {
    given(openCase()).when(exception({ code })).thenRefused('FieldInvalid blocked');
    given(openCase())
      .when(exception({ code, blocked: { blockId: 'b', who: 'caregiver', name: 'Sok Dara', token: 't' } }))
      .thenAmongOthers(event('ConsentExceptionRecorded', { code }), {
        ...event('ContactBlocked', { token: 't', because: code }),
        sealed: { perpetrator: { name: 'Sok Dara' } },
      });
  });

  it.each(['EX4', 'EX5', 'EX6', 'EX7', 'EX8', 'EX9'])('%s blocks nobody', (code) => {
    given(openCase()).when(exception({ code })).thenNone('ContactBlocked');
  });

  it('is approved by a second person within its own deadline', () => {
    const alone = given(openCase(), exception({ exceptionId: 'e1' }), exception({ exceptionId: 'e2' }));
    alone.when(approve('e1')).thenRefused('DocumentMissing BIA');
    const recorded = alone.and(document('BIA'));
    recorded
      .when(approve('e1'))
      .then(
        event('ConsentExceptionApproved', { exceptionId: 'e1' }),
        event('DeadlineMet', { deadline: 'D_EXCEPTION.1' }),
      );
    recorded
      .when({ ...approve('e1'), actor: { id: 'worker-1', roles: ['PDOSVY_SUP'], agency: 'osvy' } })
      .thenRefused('TwoPersonRule exceptionId');
    recorded.and(approve('e1')).when(approve('e1')).thenConflict('WrongState exceptionId');
    recorded.when(approve('e9')).thenUnknown('NotFound exceptionId');
  });

  it('is rejected with a reason, and stands in for nothing then', () => {
    const reject = (reason: string) =>
      ask('RejectConsentException', { exceptionId: 'e', reason }, { actor: supervisor });
    const recorded = given(openCase(), exception({ exceptionId: 'e', kinds: ['CONSENT_SHARING'] }), draft());
    recorded.when(reject(' ')).thenRefused('FieldInvalid reason');
    const rejected = recorded
      .when(reject('the aunt can be asked'))
      .then(event('ConsentExceptionRejected', { exceptionId: 'e' }));
    rejected.when(sent()).thenRefused('ConsentMissing CONSENT_SHARING');
    rejected.when(approve('e')).thenConflict('WrongState exceptionId');
  });

  it('that nobody approved within 24 hours stands in for nothing', () => {
    const recorded = given(openCase(), exception({ exceptionId: 'e', kinds: ['CONSENT_SHARING'] }), draft());
    recorded.when(sent('referral-1', { at: after({ hours: 23, minutes: 59 }) })).thenAmongOthers(event('ReferralSent'));
    recorded.when(sent('referral-1', { at: after({ hours: 24 }) })).thenRefused('ConsentMissing CONSENT_SHARING');
    recorded
      .and(document('BIA'), approve('e'))
      .when(sent('referral-1', { at: after({ days: 40 }) }))
      .thenAmongOthers(event('ReferralSent'));
  });

  it('is asked about again: it ends, or names another day', () => {
    const review = (data: Partial<CaseCommandData['ReviewConsentException']>) =>
      ask('ReviewConsentException', { exceptionId: 'e', ends: false, ...data });
    const recorded = given(openCase(), exception({ exceptionId: 'e', kinds: ['CONSENT_SHARING'] }), draft());
    recorded.when(review({})).thenRefused('FieldInvalid reaskOn');
    recorded.when(review({ reaskOn: '2026-03-02' })).thenRefused('FieldInvalid reaskOn');
    recorded.when(review({ reaskOn: '2026-03-03' })).then(event('ConsentExceptionReviewed', { ends: false }));
    const ended = recorded.and(review({ ends: true }));
    ended.when(sent()).thenRefused('ConsentMissing CONSENT_SHARING');
    ended.when(review({ ends: true })).thenConflict('WrongState exceptionId');
  });

  it('counts from its recording: danger does not wait for a signature', () => {
    given(openCase(), exception({ kinds: ['CONSENT_SHARING'] }), draft())
      .when(sent())
      .thenAmongOthers(event('ReferralSent'));
  });
});
