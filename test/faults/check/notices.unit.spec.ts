import { describe, expect, it } from '@jest/globals';

import { judgeNotices } from './notices.js';
import { answeredTwice } from './referrals.js';
import { command } from './testing.spec.js';

const raised = command('case', 4, ['EscalationRaised'], {});
const of = { streamId: 'case', version: 4 };
const done = [{ ...of, done: true }];
const told = (...people: string[]) => people.map((recipient) => ({ ...of, recipient }));
const judged = (outbox: typeof done, inbox: ReturnType<typeof told>) =>
  judgeNotices(raised, outbox, inbox, () => ['owner', 'supervisor']);

describe('escalations and who was told', () => {
  it('agree when everybody meant was told once', () => {
    const verdict = judged(done, told('owner', 'supervisor'));
    expect(verdict).toEqual({ owed: 2, told: 2, lost: [], doubled: [] });
  });

  it('show who was not told', () => {
    expect(judged(done, told('owner')).lost).toEqual(['case version 4 for supervisor']);
  });

  it('show a notice that is still owed, or never was', () => {
    const everybody = told('owner', 'supervisor');
    expect(judged([{ ...of, done: false }], everybody).lost).toEqual(['case version 4']);
    expect(judged([], everybody).lost).toEqual(['case version 4']);
  });

  it('show who was told twice, or was not meant', () => {
    const verdict = judged(done, told('owner', 'supervisor', 'owner', 'stranger'));
    expect(verdict.doubled).toEqual(['case version 4 for owner', 'case version 4 for stranger']);
  });
});

describe('answers to referrals', () => {
  const answer = (version: number, type: string, referralId: string) =>
    command('case', version, [type], { referralId });

  it('are one for each referral', () => {
    const log = [...answer(1, 'ReferralAccepted', 'r-1'), ...answer(2, 'ReferralRejected', 'r-2')];
    expect(answeredTwice(log)).toEqual([]);
    expect(answeredTwice([...log, ...answer(3, 'ReferralRejected', 'r-1')])).toEqual(['r-1']);
  });
});
