import { describe, expect, it } from '@jest/globals';
import type { Condition, ReferralState } from '#libs/pathways';
import { ask, given, storyIn, START, supervisor, type Story } from '../../../../test/support/case-specification.js';
import {
  after,
  assessed,
  consent,
  contact,
  decided,
  document,
  draft,
  exception,
  facts,
  note,
  openCase,
  sent,
  sharingWith,
} from '../../../../test/support/case-stories.js';
import { viewOf } from '../context.js';
import { holds } from './holds.js';

const truth = (story: Story, condition: Condition, now = START): boolean =>
  holds(condition, viewOf(story.known(), story.context(undefined, now), now));

describe('documents', () => {
  it('count from any time, since entry, or for a while', () => {
    const none = given(openCase());
    const earlier = given(openCase(), document('BIA'), ...assessed().slice(1));
    const now = earlier.and(document('BIA', { at: after({ days: 1 }) }));
    expect(truth(none, { document: { code: 'BIA' } })).toBe(false);
    expect(truth(earlier, { document: { code: 'BIA' } })).toBe(true);
    expect(truth(earlier, { document: { code: 'BIA', since: 'entry' } })).toBe(false);
    expect(truth(now, { document: { code: 'BIA', since: 'entry' } })).toBe(true);
    expect(truth(now, { document: { code: 'BIA', within: 'P7D' } }, after({ days: 8 }))).toBe(true);
    expect(truth(now, { document: { code: 'BIA', within: 'P7D' } }, after({ days: 9 }))).toBe(false);
  });

  it('may be a decision at the gate that the document stands for', () => {
    expect(truth(given(openCase(), decided()), { document: { code: 'GK_DECISION' } })).toBe(true);
  });
});

describe('consents', () => {
  const told = storyIn({ birthDate: '2009-03-01' });
  const services: Condition = { consent: { kind: 'CONSENT_SERVICES' } };

  it('hold until they end, on the day in Phnom Penh, or are withdrawn', () => {
    const parents = consent({ giver: 'caregiver', childPermits: true });
    const until = told(openCase(), parents, consent({ consentId: 'c', endsOn: '2026-03-10' }));
    expect(truth(given(openCase()), services)).toBe(false);
    expect(truth(until, services, '2026-03-10T16:59:00.000Z')).toBe(true);
    expect(truth(until, services, '2026-03-10T17:00:00.000Z')).toBe(false);
    const withdrawn = until.and(ask('WithdrawConsent', { consentId: 'c', giver: 'child' }));
    expect(truth(withdrawn, services)).toBe(false);
  });

  it('are replaced by an exception only where the pathway allows it', () => {
    const excepted = told(openCase(), exception({ code: 'EX6', kinds: ['CONSENT_SERVICES'] }));
    expect(truth(excepted, services)).toBe(false);
    expect(truth(excepted, { consent: { kind: 'CONSENT_SERVICES', orException: true } })).toBe(true);
    expect(truth(excepted, { consent: { kind: 'CHILD_ASSENT', orException: true } })).toBe(false);
  });

  it('to share must cover the receiver of every unfinished referral', () => {
    const every: Condition = { sharingConsentForEveryReferral: true };
    const drafted = given(openCase(), draft());
    expect(truth(given(openCase()), every)).toBe(true);
    expect(truth(drafted, every)).toBe(false);
    expect(truth(drafted.and(sharingWith('school')), every)).toBe(false);
    expect(truth(drafted.and(sharingWith('clinic')), every)).toBe(true);
    expect(truth(drafted.and(exception({ kinds: ['CONSENT_SHARING'] })), every)).toBe(true);
    const revoked = ask('RevokeReferral', { referralId: 'referral-1', reason: 'OTHER' });
    expect(truth(drafted.and(revoked), every)).toBe(true);
  });
});

describe('contacts', () => {
  const story = given(
    ...assessed(),
    contact({ kind: 'VISIT', seenAlone: true }),
    contact({ kind: 'PHONE', seenAlone: false }),
    contact({ kind: 'HOME_VISIT', reached: false }),
    contact({ kind: 'ATTEMPT', reached: false }),
  );

  it.each<[Condition, boolean]>([
    [{ contacts: { atLeast: 2 } }, true],
    [{ contacts: { atLeast: 3 } }, false],
    [{ contacts: { atLeast: 1, kinds: ['VISIT'] } }, true],
    [{ contacts: { atLeast: 1, kinds: ['HOME_VISIT'] } }, false],
    [{ contacts: { atLeast: 1, kinds: ['ATTEMPT'] } }, true],
    [{ contacts: { atLeast: 2, seenAlone: true } }, false],
    [{ contacts: { atLeast: 1, seenAlone: false } }, true],
    [{ contacts: { atLeast: 2, since: 'entry' } }, true],
  ])('%j is %s: who was not reached was not visited', (condition, expected) => {
    expect(truth(story, condition)).toBe(expected);
  });

  it('from before the present state or long ago may not count', () => {
    const before = given(openCase(), contact(), ...assessed().slice(1));
    expect(truth(before, { contacts: { atLeast: 1, since: 'entry' } })).toBe(false);
    expect(truth(before, { contacts: { atLeast: 1, within: 'P7D' } }, after({ days: 8 }))).toBe(false);
  });
});

describe('notes', () => {
  it('count by kind, since entry where asked', () => {
    const before = given(openCase(), note('CASE_NOTE'), ...assessed().slice(1));
    const reviews: Condition = { notes: { kind: 'CASE_NOTE', atLeast: 1, since: 'entry' } };
    expect(truth(before, { notes: { kind: 'CASE_NOTE', atLeast: 1 } })).toBe(true);
    expect(truth(before, { notes: { kind: 'CASE_NOTE', atLeast: 2 } })).toBe(false);
    expect(truth(before, reviews)).toBe(false);
    expect(truth(before.and(note('HOLD_REVIEW')), reviews)).toBe(false);
    expect(truth(before.and(note('CASE_NOTE')), reviews)).toBe(true);
  });
});

describe('referrals as conditions', () => {
  const accepted: ReferralState[] = ['ACCEPTED'];
  const drafted = given(openCase(), draft(), sharingWith('clinic'));
  const answered = drafted.and(sent(), ask('AcceptReferral', { referralId: 'referral-1' }, { actor: supervisor }));

  it('ask for one in a state, of a type, moved since entry', () => {
    expect(truth(drafted, { referral: { in: accepted } })).toBe(false);
    expect(truth(answered, { referral: { in: accepted } })).toBe(true);
    expect(truth(answered, { referral: { in: accepted, type: 'transfer' } })).toBe(false);
    expect(truth(answered, { referral: { in: accepted, type: 'service', since: 'entry' } })).toBe(true);
    expect(truth(answered.and(...assessed().slice(1)), { referral: { in: accepted, since: 'entry' } })).toBe(false);
  });

  it('ask for none in a state, for some services or for any', () => {
    expect(truth(answered, { noReferralIn: { states: ['SENT'] } })).toBe(true);
    expect(truth(answered, { noReferralIn: { states: accepted } })).toBe(false);
    expect(truth(answered, { noReferralIn: { states: accepted, services: ['legal'] } })).toBe(true);
    expect(truth(answered, { noReferralIn: { states: accepted, services: ['health'] } })).toBe(false);
  });

  it('know the urgency of the referral that a deadline is about', () => {
    const view = viewOf(answered.known(), answered.context(), START);
    const { 'referral-1': referral } = answered.known().referrals;
    expect(holds({ referralUrgency: ['URGENT'] }, { ...view, referral })).toBe(true);
    expect(holds({ referralUrgency: ['ROUTINE'] }, { ...view, referral })).toBe(false);
    expect(holds({ referralUrgency: ['URGENT'] }, view)).toBe(false);
  });
});

describe('a closing score', () => {
  const scored = (child: Record<string, number>, family: Record<string, number>) =>
    given(openCase(), ask('RecordDocument', { documentId: 'd', code: 'FINAL_ASSESSMENT', scores: { child, family } }));

  it.each([
    ['every part and the whole reach their lines', { health: 3, safety: 3 }, { care: 3, relatives: 1 }, true],
    ['an item is too weak', { health: 4, safety: 1 }, { care: 4, relatives: 4 }, false],
    ['a part is below its total', { health: 2, safety: 2 }, { care: 4, relatives: 4 }, false],
    ['the whole is below the line', { health: 3, safety: 2 }, { care: 2, relatives: 2 }, false],
  ])('when %s', (_, child, family, met) => {
    expect(truth(scored(child, family), { scoreMet: 'closing' })).toBe(met);
  });

  it('is not met without an assessment, or without one of its parts', () => {
    expect(truth(given(openCase()), { scoreMet: 'closing' })).toBe(false);
    const half = ask('RecordDocument', {
      documentId: 'd',
      code: 'FINAL_ASSESSMENT',
      scores: { child: { health: 4, safety: 4 } },
    });
    expect(truth(given(openCase(), half), { scoreMet: 'closing' })).toBe(false);
    expect(truth(given(openCase(), half), { scoreMet: 'unknown' })).toBe(false);
  });
});

describe('a facility in conflict of interest', () => {
  it('is the one that the fact names', () => {
    const conflict: Condition = { conflictDeclared: { fact: 'facility' } };
    const declared = ask('DeclareConflict', {
      conflictId: 'c',
      subject: 'facility',
      ref: 'facility-9',
      reason: 'allegation',
    });
    expect(truth(given(openCase(), declared), conflict)).toBe(false);
    expect(truth(given(openCase(), declared, facts({ facility: 'facility-1' })), conflict)).toBe(false);
    expect(truth(given(openCase(), declared, facts({ facility: 'facility-9' })), conflict)).toBe(true);
  });
});
