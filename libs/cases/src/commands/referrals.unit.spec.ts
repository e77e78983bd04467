import { describe, expect, it } from '@jest/globals';
import type { ReferralState } from '#libs/pathways';
import { ask, event, given, storyIn, system, type Asked } from '../../../../test/support/case-specification.js';
import { after, draft, openCase, sent, sharingWith, step, supported } from '../../../../test/support/case-stories.js';
import { testPathway } from '../../../../test/support/test-pathway.js';
import { testCommon } from '../../../../test/support/test-vocabulary.js';
import { pathBetween } from '../referrals/life-cycle.js';

const referralId = 'referral-1';

const commands: Record<string, Asked> = {
  send: sent(),
  acknowledge: ask('AcknowledgeReferral', { referralId }),
  ask: ask('RequestReferralInformation', { referralId, text: 'which school?' }),
  answer: ask('ProvideReferralInformation', { referralId, text: 'the one at the river' }),
  accept: ask('AcceptReferral', { referralId }),
  reject: ask('RejectReferral', { referralId, reason: 'NO_CAPACITY' }),
  start: ask('StartService', { referralId }),
  complete: ask('CompleteReferral', { referralId }),
  revoke: ask('RevokeReferral', { referralId, reason: 'OTHER' }),
};

const expire = ask('ReachRungs', { deadline: 'R01.1' }, { at: after({ days: 2 }), actor: system });

const drafted = [openCase(), sharingWith('clinic'), draft()];
const told = (...names: string[]): Asked[] => [...drafted, ...names.map((name) => commands[name] as Asked)];

/** How each state is reached, and which commands it takes: everything else is a conflict. */
const allowed: Record<ReferralState, { history: Asked[]; commands: string[] }> = {
  DRAFT: { history: drafted, commands: ['send', 'revoke'] },
  SENT: { history: told('send'), commands: ['acknowledge', 'accept', 'reject', 'revoke'] },
  ACKNOWLEDGED: { history: told('send', 'acknowledge'), commands: ['ask', 'accept', 'reject', 'revoke'] },
  MORE_INFO: { history: told('send', 'acknowledge', 'ask'), commands: ['answer', 'revoke'] },
  ACCEPTED: { history: told('send', 'accept'), commands: ['start', 'revoke'] },
  IN_SERVICE: { history: told('send', 'accept', 'start'), commands: ['complete', 'revoke'] },
  COMPLETED: { history: told('send', 'accept', 'start', 'complete'), commands: [] },
  REJECTED: { history: told('send', 'reject'), commands: [] },
  REVOKED: { history: told('send', 'revoke'), commands: [] },
  EXPIRED: { history: [...told('send'), expire], commands: ['send', 'revoke'] },
};

describe.each(Object.entries(allowed))('a referral that is %s', (state, { history, commands: taken }) => {
  const story = given(...history);

  it.each(Object.keys(commands))(`takes %s as the life cycle says`, (name) => {
    expect(story.known().referrals[referralId]?.state).toBe(state);
    const { command, ...asked } = commands[name] as Asked;
    const now = after({ days: 3 });
    const verdict = story.when({ ...asked, command: { ...command, occurredAt: now }, now });
    if (taken.includes(name)) expect(verdict.outcome.ok).toBe(true);
    else verdict.thenConflict(`WrongState ${state}`);
  });
});

describe('a referral that nobody had answered when the case ended', () => {
  /** Where a case may end whatever is still open, as when it is handed over. */
  const lenient = testPathway.transitions.map((each) => (each.id === 'T10' ? { ...each, guards: [] } : each));
  const ending = { definition: { ...testPathway, transitions: lenient }, common: testCommon };
  const told = storyIn({ pathways: { 'TEST@1.0.0': ending } });
  const close = step('T10', {}, { at: after({ days: 1 }) });
  const reopen = step('T11', { assignee: { owner: 'worker-2', agency: 'osvy' } }, { at: after({ days: 9 }) });
  const prepared = [...supported(), sharingWith('clinic'), draft({ urgency: 'ROUTINE' })];

  it('has an answer due again when the case is opened again', () => {
    const ended = told(...prepared, sent(), close);
    expect(ended.known().deadlines['R01.1']?.status).toBe('cancelled');
    expect(ended.and(reopen).known().deadlines['R01.2']).toMatchObject({
      status: 'armed',
      subject: referralId,
      startedAt: after({ days: 9 }),
    });
  });

  it('has none when it was answered, and none twice when it was sent after the end', () => {
    const rejected = told(...prepared, sent(), commands['reject'] as Asked, close, reopen).known();
    expect(rejected.deadlines['R01.2']).toBeUndefined();
    const sentLater = told(...prepared, close, sent(referralId, { at: after({ days: 8 }) }), reopen).known();
    expect(Object.values(sentLater.deadlines).filter(({ subject }) => subject === referralId)).toHaveLength(1);
  });
});

describe('an answer that was given in time and is written down after the referral expired', () => {
  const inTime = { at: after({ hours: 20 }), recordedAt: after({ days: 3 }) };
  const expired = given(...told('send'), expire);

  it('counts, and nobody was late', () => {
    expired
      .when(ask('AcceptReferral', { referralId }, inTime))
      .thenAmongOthers(
        event('ReferralAccepted'),
        event('DeadlineMet', { definition: 'R01', inTime: true, recordedLate: true }),
      );
    expired
      .when(ask('RejectReferral', { referralId, reason: 'NO_CAPACITY' }, inTime))
      .thenAmongOthers(event('ReferralRejected'), event('DeadlineMet', { inTime: true, recordedLate: true }));
  });

  it('is an answer: nothing else undoes that it expired', () => {
    expired.when(ask('AcknowledgeReferral', { referralId }, inTime)).thenConflict('WrongState EXPIRED');
  });
});

describe('drafting a referral', () => {
  it('is done once, and never to an agency in conflict of interest', () => {
    const conflict = ask('DeclareConflict', { conflictId: 'c', subject: 'agency', ref: 'clinic', reason: 'suspect' });
    given(openCase())
      .when(draft())
      .then(event('ReferralDrafted', { toAgency: 'clinic', urgency: 'URGENT' }));
    given(openCase(), draft()).when(draft()).thenConflict('AlreadyExists referralId');
    given(openCase(), conflict).when(draft()).thenRefused('ConflictOfInterest toAgency');
    given(openCase(), draft(), conflict)
      .when(sent())
      .thenRefused('ConsentMissing CONSENT_SHARING', 'ConflictOfInterest toAgency');
  });
});

describe('sending a referral', () => {
  it('needs a consent that covers the receiver', () => {
    given(openCase(), draft()).when(sent()).thenRefused('ConsentMissing CONSENT_SHARING');
    given(openCase(), draft(), sharingWith('school')).when(sent()).thenRefused('ConsentMissing CONSENT_SHARING');
    given(openCase()).when(sent()).thenUnknown('NotFound referralId');
  });

  it('again, to another provider, counts as another attempt with its own deadline', () => {
    const again = ask('SendReferral', { referralId, toAgency: 'hospital' }, { at: after({ days: 2 }) });
    given(...told('send'), expire, sharingWith('hospital'))
      .when(again)
      .then(
        event('ReferralSent', { toAgency: 'hospital', attempt: 2 }),
        event('DeadlineMet', { definition: 'R02' }),
        event('DeadlineCancelled', { deadline: 'R01.1', because: 'restarted' }),
        event('DeadlineArmed', { deadline: 'R01.2', subject: referralId }),
      );
  });
});

describe('an answer to a referral', () => {
  it('stops the wait, and a rejection starts the search for another provider', () => {
    given(...told('send'))
      .when(commands['accept'] as Asked)
      .then(event('ReferralAccepted'), event('DeadlineMet', { definition: 'R01', inTime: true }));
    given(...told('send'))
      .when(commands['reject'] as Asked)
      .then(
        event('ReferralRejected', { reason: 'NO_CAPACITY' }),
        event('DeadlineMet', { definition: 'R01' }),
        event('DeadlineArmed', { definition: 'R02', subject: referralId }),
      );
  });

  it('of one referral leaves the deadline of another running', () => {
    const other = [draft({ referralId: 'referral-2' }), sent('referral-2')];
    const { outcome } = given(...told('send'), ...other).when(commands['accept'] as Asked);
    expect(outcome).toMatchObject({ events: [{}, { data: { deadline: 'R01.1' } }] });
  });

  it('gives its reason as a code: words would stand in clear', () => {
    given(...told('send'))
      .when(ask('RejectReferral', { referralId, reason: 'the girl is too loud' }))
      .thenRefused('NotFound reason');
    given(...told('send'))
      .when(ask('RevokeReferral', { referralId, reason: 'the girl has moved' }))
      .thenRefused('NotFound reason');
  });

  it('to a referral that does not exist is unknown', () => {
    given(openCase())
      .when(commands['accept'] as Asked)
      .thenUnknown('NotFound referralId');
  });
});

describe('a referral that nobody answers', () => {
  it('expires when its time has come, once, and the search goes on', () => {
    const story = given(...told('send'));
    const due = ask('ReachRungs', { deadline: 'R01.1' }, { at: after({ hours: 24 }), actor: system });
    story
      .when(due)
      .then(
        event('RungReached', { rung: 2 }),
        event('EscalationRaised', { overdue: true }),
        { type: 'ReferralExpired', occurredAt: after({ hours: 24 }) },
        event('DeadlineArmed', { definition: 'R02' }),
      )
      .when(due)
      .thenNothingHappened();
    story
      .when(ask('ReachRungs', { deadline: 'R01.1' }, { at: after({ hours: 23 }), actor: system }))
      .thenNothingHappened();
  });

  it('expires on the next working morning where its day falls on a day off', () => {
    const saturday = '2026-03-07T02:00:00.000Z';
    const routine = given(
      openCase(),
      sharingWith('clinic'),
      draft({ urgency: 'ROUTINE' }),
      sent(referralId, { at: saturday }),
    );
    const deadline = routine.known().deadlines['R01.1'];
    expect(deadline).toMatchObject({ dueAt: '2026-03-14T16:59:59.000Z' });
    const reach = (at: string) => ask('ReachRungs', { deadline: 'R01.1' }, { at, actor: system });
    routine.when(reach('2026-03-15T05:00:00.000Z')).thenNone('ReferralExpired');
    routine.when(reach('2026-03-16T01:00:00.000Z')).thenAmongOthers({
      type: 'ReferralExpired',
      occurredAt: '2026-03-16T01:00:00.000Z',
    });
  });
});

describe('the way from one state of a referral to another', () => {
  it('is the shortest that the life cycle allows', () => {
    expect(pathBetween('SENT', 'SENT')).toEqual([]);
    expect(pathBetween('SENT', 'COMPLETED')).toEqual(['ACCEPTED', 'IN_SERVICE', 'COMPLETED']);
    expect(pathBetween('COMPLETED', 'SENT')).toBeUndefined();
    expect(pathBetween('IN_SERVICE', 'REJECTED')).toBeUndefined();
  });
});
