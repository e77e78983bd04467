import { describe, expect, it } from '@jest/globals';
import type { CaseCommandData, ReceivedReferral } from '#libs/cases';
import type { ReferralState } from '#libs/pathways';
import { ask, event, given } from '../../../../test/support/case-specification.js';
import { draft, openCase, risk, sent, sharingWith } from '../../../../test/support/case-stories.js';

const open = { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true };

const received = (data: Partial<CaseCommandData['ReceiveRecord']> = {}) =>
  ask('ReceiveRecord', {
    system: 'primero',
    digest: 'digest-1',
    identifiers: { case_id: 'P-1' },
    facts: { status: 'open' },
    sealed: { narrative: { words: 'her story' } },
    referrals: [],
    open,
    ...data,
  });

const referral = (state: ReferralState, more: Partial<ReceivedReferral> = {}): ReceivedReferral => ({
  referralId: 'referral-1',
  key: 'P-R-1',
  type: 'service',
  service: { code: 'health', original: 'health_service' },
  fromAgency: 'osvy',
  toAgency: 'clinic',
  urgency: 'URGENT',
  state,
  sealed: {},
  ...more,
});

const told = (...moves: ('AcceptReferral' | 'StartService')[]) =>
  given(
    openCase(),
    sharingWith('clinic'),
    draft(),
    sent(),
    ...moves.map((type) => ask(type, { referralId: 'referral-1' })),
  );

describe('a record of another system', () => {
  it('opens a case that waits for a person to enrol it', () => {
    given()
      .when(received({ risk: 'high' }))
      .then(
        event('CaseOpened', { receivedFrom: 'primero', code: 'K-1' }),
        { ...event('ForeignRecordReceived', { digest: 'digest-1' }), sealed: { narrative: { words: 'her story' } } },
        event('RiskLevelSet', { level: 'high', source: 'primero' }),
      );
  });

  it('received twice changes nothing, nor does an older one', () => {
    const first = given(received({ modifiedAt: '2026-03-01T00:00:00.000Z' }));
    first.when(received()).thenNothingHappened();
    first.when(received({ digest: 'd-0', modifiedAt: '2026-02-28T00:00:00.000Z' })).thenNothingHappened();
    first
      .when(received({ digest: 'd-2', modifiedAt: '2026-03-02T00:00:00.000Z' }))
      .then(event('ForeignRecordReceived', { digest: 'd-2' }));
    first.when(received({ system: 'oscar' })).then(event('ForeignRecordReceived', { system: 'oscar' }));
  });

  it('raises the risk, and never lowers it', () => {
    const medium = given(openCase(), risk('medium'));
    medium
      .when(received({ risk: 'high' }))
      .thenAmongOthers(event('RiskLevelSet', { level: 'high', previous: 'medium' }));
    medium.when(received({ risk: 'medium' })).thenNone('RiskLevelSet');
    medium.when(received({ risk: 'low' })).thenNone('RiskLevelSet');
  });

  it('makes up no consent, whatever it says', () => {
    given(openCase())
      .when(received({ facts: { consent_for_services: true }, referrals: [referral('SENT')] }))
      .thenNone('ConsentGiven', 'ConsentExceptionRecorded');
  });
});

describe('referrals in a record of another system', () => {
  it('are new, and wait for an answer', () => {
    given(openCase())
      .when(received({ referrals: [referral('SENT')] }))
      .thenAmongOthers(
        event('ReferralReceived', { key: 'P-R-1', system: 'primero', state: 'SENT' }),
        event('DeadlineArmed', { definition: 'R01', subject: 'referral-1' }),
      );
  });

  it('move ours on, through every state between', () => {
    const { outcome } = told().when(received({ referrals: [referral('COMPLETED')] }));
    expect(outcome.ok && outcome.events.map(({ type }) => type)).toEqual([
      'ForeignRecordReceived',
      'ReferralAccepted',
      'DeadlineMet',
      'ReferralServiceStarted',
      'ReferralCompleted',
    ]);
  });

  it.each(['DRAFT', 'SENT', 'ACCEPTED'] as const)('that step back to %s are no news', (state) => {
    told('AcceptReferral', 'StartService')
      .when(received({ referrals: [referral(state)] }))
      .then(event('ForeignRecordReceived'));
  });

  it('that ended while in service wait for a person: the other system has one word for two ends', () => {
    told('AcceptReferral', 'StartService')
      .when(received({ system: 'oscar', referrals: [referral('REJECTED')] }))
      .then(event('ForeignRecordReceived'));
  });

  it('are rejected with a code, and other words are sealed', () => {
    told()
      .when(received({ referrals: [referral('REJECTED', { rejectionReason: 'NO_CAPACITY' })] }))
      .thenAmongOthers(event('ReferralRejected', { reason: 'NO_CAPACITY', system: 'primero' }));
    told()
      .when(received({ referrals: [referral('REJECTED')] }))
      .thenAmongOthers(event('ReferralRejected', { reason: 'OTHER' }));
    told()
      .when(received({ referrals: [referral('REJECTED', { rejectionReason: 'Sok Dara refused' })] }))
      .thenAmongOthers({
        ...event('ReferralRejected', { reason: 'OTHER' }),
        sealed: { narrative: { rejectionReason: 'Sok Dara refused' } },
      });
  });
});
