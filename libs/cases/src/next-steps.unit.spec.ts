import { describe, expect, it } from '@jest/globals';
import { ask, chair, given, START, type Story } from '../../../test/support/case-specification.js';
import { assessed, contact, document, openCase, submitted } from '../../../test/support/case-stories.js';
import { nextSteps } from './next-steps.js';

const missing = (story: Story, transition: string) =>
  nextSteps(story.known(), story.context())
    .find((each) => each.transition === transition)
    ?.missing.map(({ code, subject }) => `${code} ${subject}`);

describe('the next steps of a case', () => {
  it('are those that lead on from its state, each with all that is missing', () => {
    const story = given(...assessed());
    expect(nextSteps(story.known(), story.context()).map(({ transition }) => transition)).toEqual([
      'T02',
      'T04',
      'T07',
    ]);
    expect(missing(story, 'T04')).toEqual(['DocumentMissing BIA', 'GuardUnmet T04.1']);
    expect(missing(story.and(document('BIA'), contact()), 'T04')).toEqual([]);
  });

  it('show what the step itself must carry as missing', () => {
    expect(missing(given(...assessed()), 'T07')).toEqual(['GuardUnmet T07.1']);
    expect(missing(given(...assessed()), 'T02')).toEqual(['GuardUnmet T02.1']);
  });

  it('say whose they are', () => {
    const story = given(...submitted());
    const yours = (actor = story.context().actor) =>
      nextSteps(story.known(), story.context(actor, START))
        .filter((each) => each.yours)
        .map(({ transition }) => transition);
    expect(yours()).toEqual(['T02']);
    expect(yours(chair)).toEqual(['T05', 'T06']);
  });

  it('are none while the case waits to be enrolled', () => {
    const waiting = given(ask('OpenCase', { code: 'K', personId: 'p', agency: 'osvy', synthetic: true }));
    expect(nextSteps(waiting.known(), waiting.context())).toEqual([]);
    expect(nextSteps(given(openCase()).known(), waiting.context())).not.toEqual([]);
  });
});
