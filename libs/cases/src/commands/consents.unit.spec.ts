import { describe, it } from '@jest/globals';
import { ask, event, given, supervisor } from '../../../../test/support/case-specification.js';
import { consent, draft, exception, openCase, sent, sharingWith } from '../../../../test/support/case-stories.js';

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
    const recorded = given(openCase(), exception({ exceptionId: 'e1' }), exception({ exceptionId: 'e2' }));
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

  it('counts from its recording: danger does not wait for a signature', () => {
    given(openCase(), exception({ kinds: ['CONSENT_SHARING'] }), draft())
      .when(sent())
      .thenAmongOthers(event('ReferralSent'));
  });
});
