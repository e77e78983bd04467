import { describe, expect, it } from '@jest/globals';
import type { Actor, CaseCommandData } from '#libs/cases';
import {
  ask,
  chair,
  event,
  given,
  supervisor,
  worker,
  type Story,
} from '../../../../test/support/case-specification.js';
import { after, decision, submitted, decided, exception, step } from '../../../../test/support/case-stories.js';

const reviewer: Actor = { id: 'supervisor-2', roles: ['PDOSVY_SUP'], agency: 'pdosvy' };
const ministry: Actor = { id: 'ministry-1', roles: ['MOSVY_CPD'], agency: 'mosvy' };

const settled = given(...submitted(), step('T05', { decision: decision({ decisionId: 'd' }) }, { actor: chair }));
const file = (data: Partial<CaseCommandData['FileReview']> = {}, days = 1) =>
  ask(
    'FileReview',
    { reviewId: 'r', decisionId: 'd', by: 'child', channel: 'voice', ...data },
    { at: after({ days }) },
  );
const acknowledge = (actor = reviewer) => ask('AcknowledgeReview', { reviewId: 'r' }, { actor });
const takeUp = (actor = reviewer) => ask('TakeUpReview', { reviewId: 'r' }, { actor });
const judge = (outcome: 'UPHELD' | 'DISMISSED', actor = reviewer, reasons = 'Both were heard') =>
  ask('DecideReview', { reviewId: 'r', outcome, reasons, noticeGiven: true }, { actor });
const second = ask('RequestSecondLevel', { reviewId: 'r', by: 'child', channel: 'paper' });

const stateOf = (story: Story) => story.known().reviews['r']?.state;

describe('a request to look at a decision again (pathways 1.8)', () => {
  it('is filed within 15 working days of the notice, as long as nobody was told at any time', () => {
    settled.when(file()).then(event('ReviewFiled', { gate: 'G1', by: 'child', channel: 'voice' }));
    settled.when(file({}, 60)).thenRefused('TooLate decisionId');
    const untold = given(
      ...submitted(),
      step('T05', { decision: decision({ decisionId: 'd', noticeGiven: false }) }, { actor: chair }),
    );
    untold.when(file({}, 60)).thenAmongOthers(event('ReviewFiled'));
  });

  it('is about a decision that there is, once under one id', () => {
    settled.when(file({ decisionId: 'x' })).thenUnknown('NotFound decisionId');
    settled.and(file()).when(file()).thenConflict('AlreadyExists reviewId');
  });

  it('is not filed here against a court, and not by the caregiver who is a danger', () => {
    const court = settled.and(
      decided({ decisionId: 'c', gate: 'G2', outcome: 'ORDERED', members: [] }, { actor: worker }),
    );
    court.when(file({ decisionId: 'c' })).thenRefused('AppealInCourt decisionId');
    const danger = settled.and(exception({ code: 'EX1', blocked: { blockId: 'b', who: 'father' } }));
    danger.when(file({ by: 'caregiver', who: 'father' })).thenRefused('ContactBlocked who');
  });

  it('goes step by step to a decision by somebody with no part in the first', () => {
    const filed = settled.and(file());
    filed.when(takeUp()).thenConflict('WrongState FILED');
    filed.when(acknowledge(worker)).thenRefused('RoleNotAllowed reviewId');
    const known = filed.when(acknowledge()).then(event('ReviewAcknowledged'));
    known.when(takeUp({ ...reviewer, id: 'member-1' })).thenRefused('TookPart reviewId');
    known.when(takeUp({ ...reviewer, id: 'worker-1' })).thenRefused('TookPart reviewId');
    const taken = known.when(takeUp()).then(event('ReviewTakenUp', { level: 1 }));
    taken.when(judge('UPHELD', supervisor)).thenRefused('RoleNotAllowed reviewId');
    taken.when(judge('UPHELD', reviewer, ' ')).thenRefused('FieldInvalid reasons');
    expect(stateOf(taken.when(judge('UPHELD')).then(event('ReviewDecided', { outcome: 'UPHELD', level: 1 })))).toBe(
      'UPHELD',
    );
  });

  it('goes to the ministry once, unless it was upheld', () => {
    const judged = (outcome: 'UPHELD' | 'DISMISSED') => settled.and(file(), acknowledge(), takeUp(), judge(outcome));
    judged('UPHELD').when(second).thenConflict('WrongState UPHELD');
    const again = judged('DISMISSED').when(second).then(event('ReviewSecondLevelRequested'));
    again.when(takeUp()).thenRefused('RoleNotAllowed reviewId', 'TookPart reviewId');
    const last = again.and(takeUp(ministry), judge('DISMISSED', ministry));
    last.when(second).thenConflict('WrongState reviewId');
  });
});

describe('while a review is open', () => {
  const pending = settled.and(file());

  it('the child is not moved, by a step or by a track', () => {
    pending.when(step('T12')).thenRefused('ReviewPending reviewId');
    pending.when(ask('MoveTrack', { track: 'PLACEMENT', to: 'KIN' })).thenRefused('ReviewPending reviewId');
    pending.when(ask('MoveTrack', { track: 'PLACEMENT', to: 'HOME' })).then(event('TrackMoved'));
  });

  it('unless somebody declares danger, in words that are sealed', () => {
    pending.when(step('T12', { danger: 'The uncle is at the door' })).thenAmongOthers({
      ...event('TransitionTaken', { dangerDeclared: true }),
      sealed: { narrative: { danger: 'The uncle is at the door' } },
    });
    pending
      .when(ask('MoveTrack', { track: 'PLACEMENT', to: 'KIN', danger: 'The uncle is at the door' }))
      .then(event('TrackMoved', { dangerDeclared: true }));
    pending.when(step('T12', { danger: ' ' })).thenRefused('ReviewPending reviewId');
  });

  it('and is free again once it is decided', () => {
    pending
      .and(acknowledge(), takeUp(), judge('DISMISSED'))
      .when(step('T12'))
      .thenAmongOthers(event('TransitionTaken'));
  });
});
