import { describe, expect, it } from '@jest/globals';
import type { Condition } from '#libs/pathways';
import { given, START, storyIn, type Story } from '../../../../test/support/case-specification.js';
import {
  after,
  assessed,
  closed,
  document,
  facts,
  openCase,
  risk,
  track,
} from '../../../../test/support/case-stories.js';
import { viewOf } from '../context.js';
import { holds } from './holds.js';

const truth = (story: Story, condition: Condition, at = START): boolean =>
  holds(condition, viewOf(story.known(), story.context(), at));

describe('the risk of a case', () => {
  it('is none of the levels until somebody sets it', () => {
    const unset = given(openCase());
    expect(truth(unset, { risk: ['high', 'medium', 'low', 'no_action'] })).toBe(false);
    expect(truth(unset.and(risk('high')), { risk: ['high', 'medium'] })).toBe(true);
    expect(truth(unset.and(risk('low')), { risk: ['high', 'medium'] })).toBe(false);
  });

  it('is confirmed by setting it again after the present state was entered', () => {
    const before = given(...assessed());
    expect(truth(before, { riskConfirmed: 'entry' })).toBe(false);
    expect(truth(before.and(risk('medium')), { riskConfirmed: 'entry' })).toBe(true);
  });
});

describe('what is known of a case', () => {
  const known = given(openCase({ facts: { custody: false, places: 3, offence: 'PETTY' } }));

  it.each<[Condition, boolean]>([
    [{ fact: { name: 'custody' } }, true],
    [{ fact: { name: 'custody', is: false } }, true],
    [{ fact: { name: 'custody', is: true } }, false],
    [{ fact: { name: 'facility' } }, false],
    [{ fact: { name: 'offence', in: ['PETTY', 'FELONY'] } }, true],
    [{ fact: { name: 'offence', in: ['FELONY'] } }, false],
    [{ fact: { name: 'places', atLeast: 3, atMost: 3 } }, true],
    [{ fact: { name: 'places', atLeast: 4 } }, false],
    [{ fact: { name: 'places', atMost: 2 } }, false],
    [{ fact: { name: 'offence', atLeast: 1 } }, false],
  ])('%j is %s', (condition, expected) => {
    expect(truth(known, condition)).toBe(expected);
  });
});

describe('tracks', () => {
  it('are looked at as they are now, ever were, or were since the case entered its state', () => {
    const opened = given(openCase());
    const released = opened.and(track('LIBERTY', 'CUSTODY'), track('LIBERTY', 'AT_LIBERTY'));
    expect(truth(opened, { track: { id: 'LIBERTY', in: ['AT_LIBERTY'] } })).toBe(true);
    expect(truth(opened, { track: { id: 'HEALTH', in: ['DONE'] } })).toBe(false);
    expect(truth(released, { track: { id: 'LIBERTY', in: ['CUSTODY'] } })).toBe(false);
    expect(truth(released, { track: { id: 'LIBERTY', in: ['CUSTODY'], since: 'ever' } })).toBe(true);
    expect(truth(released, { track: { id: 'LIBERTY', in: ['CUSTODY'], since: 'entry' } })).toBe(true);
    expect(truth(opened, { track: { id: 'LIBERTY', in: ['CUSTODY'], since: 'ever' } })).toBe(false);
  });

  it('count as they were when the state was entered, but not as they were before', () => {
    const inCustody = given(openCase(), track('LIBERTY', 'CUSTODY'), ...assessed().slice(1));
    const wasReleased = given(
      openCase(),
      track('LIBERTY', 'CUSTODY'),
      track('LIBERTY', 'AT_LIBERTY'),
      ...assessed().slice(1),
    );
    expect(truth(inCustody, { track: { id: 'LIBERTY', in: ['CUSTODY'], since: 'entry' } })).toBe(true);
    expect(truth(wasReleased, { track: { id: 'LIBERTY', in: ['CUSTODY'], since: 'entry' } })).toBe(false);
  });

  it('with many rows are done when there is one and all of them are', () => {
    const none = given(openCase());
    const one = none.and(track('MEASURES', 'ENDED', {}, 'community work'));
    const two = one.and(track('MEASURES', 'RUNNING', {}, 'school'));
    const all: Condition = { trackRows: { id: 'MEASURES', all: ['ENDED'] } };
    expect([none, one, two].map((story) => truth(story, all))).toEqual([false, true, false]);
  });
});

describe('the age of the child', () => {
  const born = storyIn({ birthDate: '2014-03-03' })(openCase());

  it('counts completed years on the day of the step', () => {
    expect(truth(born, { age: { atLeast: 12 } })).toBe(false);
    expect(truth(born, { age: { atLeast: 12, atMost: 12 } }, after({ days: 1 }))).toBe(true);
    expect(truth(born, { age: { atMost: 10 } })).toBe(false);
  });

  it('matches nothing where the birth date is unknown, or lies after the day', () => {
    expect(truth(given(openCase()), { age: { atLeast: 0 } })).toBe(false);
    expect(truth(born, { age: { atLeast: 0 } }, '2014-03-01T00:00:00.000Z')).toBe(false);
  });
});

describe('conditions put together', () => {
  const story = given(openCase(), risk('high'), document('BIA'));
  const yes: Condition = { risk: ['high'] };
  const no: Condition = { risk: ['low'] };

  it('hold when all, any or none of their parts do', () => {
    expect(truth(story, { all: [yes, yes] })).toBe(true);
    expect(truth(story, { all: [yes, no] })).toBe(false);
    expect(truth(story, { any: [no, yes] })).toBe(true);
    expect(truth(story, { any: [no, no] })).toBe(false);
    expect(truth(story, { not: no })).toBe(true);
    expect(truth(story, { not: yes })).toBe(false);
  });
});

describe('time that has passed', () => {
  const story = given(...assessed());

  it('is counted from the entry into the present state or from the latest of some steps', () => {
    expect(truth(story, { elapsed: { since: 'entry', atLeast: 'P7D' } }, after({ days: 6 }))).toBe(false);
    expect(truth(story, { elapsed: { since: 'entry', atLeast: 'P7D' } }, after({ days: 7 }))).toBe(true);
    expect(truth(story, { elapsed: { since: 'entry', lessThan: 'P7D' } }, after({ days: 6 }))).toBe(true);
    expect(truth(story, { elapsed: { since: 'entry', lessThan: 'P7D' } }, after({ days: 7 }))).toBe(false);
    expect(truth(story, { elapsed: { since: ['T01'], atLeast: 'PT0S' } })).toBe(true);
    expect(truth(story, { elapsed: { since: ['T02'], atLeast: 'PT0S' } })).toBe(false);
  });

  it('reaches up to a date that is known', () => {
    const hearing = story.and(facts({ hearingOn: '2026-03-20', arrivedAt: '2026-03-20T09:00:00+07:00' }));
    expect(truth(story, { factWithin: { name: 'hearingOn', ahead: 'P90D' } })).toBe(false);
    expect(truth(hearing, { factWithin: { name: 'hearingOn', ahead: 'P17D' } })).toBe(false);
    expect(truth(hearing, { factWithin: { name: 'hearingOn', ahead: 'P18D' } })).toBe(true);
    expect(truth(hearing, { factWithin: { name: 'arrivedAt', ahead: 'P17D' } })).toBe(false);
    expect(truth(hearing, { factWithin: { name: 'arrivedAt', ahead: 'P18D' } })).toBe(true);
  });
});

describe('deadlines as conditions', () => {
  const open = given(openCase());
  const late = after({ days: 30 });

  it('ask whether one is open, by name or by ladder', () => {
    expect(truth(open, { noDeadlineOpen: { ids: ['D_ASSESS'] } })).toBe(false);
    expect(truth(open, { noDeadlineOpen: { ladders: ['L_STD'] } })).toBe(false);
    expect(truth(open, { noDeadlineOpen: { ids: ['D_SAFETY'], ladders: ['L_LEGAL'] } })).toBe(true);
    expect(truth(given(...assessed()), { noDeadlineOpen: { ids: ['D_ASSESS'] } })).toBe(true);
  });

  it('ask whether one is overdue, or was ever missed', () => {
    const missed = given(openCase(), ...assessed({ at: late }).slice(1));
    expect(truth(open, { noDeadlineOverdue: { ids: ['D_ASSESS'] } })).toBe(true);
    expect(truth(open, { noDeadlineOverdue: { ids: ['D_ASSESS'] } }, late)).toBe(false);
    expect(truth(open, { deadlinePassed: { ids: ['D_ASSESS'] } })).toBe(false);
    expect(truth(open, { deadlinePassed: { ids: ['D_ASSESS'] } }, late)).toBe(true);
    expect(truth(missed, { deadlinePassed: { ids: ['D_ASSESS'] } }, late)).toBe(true);
    expect(truth(given(...assessed()), { deadlinePassed: { ids: ['D_ASSESS'] } }, late)).toBe(false);
  });

  it('ask whether one ever ran', () => {
    expect(truth(open, { deadlineArmed: { ids: ['D_AFTERCARE'] } })).toBe(false);
    expect(truth(given(...closed()), { deadlineArmed: { ids: ['D_AFTERCARE'] } })).toBe(true);
  });
});
