import { describe, expect, it } from '@jest/globals';
import { shownIn } from './shown.js';

const shown = (answer: unknown) => {
  const { caseIds, personIds, classes } = shownIn(answer);
  return [[...caseIds], [...personIds], [...classes]];
};

describe('what an answer shows', () => {
  it('is read off a list, each record once', () => {
    const items = [{ caseId: 'a', personId: 'p' }, { caseId: 'b', about: { personId: 'p' } }, { caseId: null }];
    expect(shown({ items, next: null })).toEqual([['a', 'b'], ['p'], []]);
  });

  it('is also who a record says it is about', () => {
    expect(shown([{ score: 1, person: { id: 'p', sex: 'female' } }, { person: null }, { person: 'q' }])).toEqual([
      [],
      ['p'],
      [],
    ]);
  });

  it('includes the classes that were opened, and not those that stayed shut', () => {
    const record = {
      person: { identity: { givenNameKm: 'x' }, location: null },
      entries: [{ opened: { narrative: { text: 'y' } } }],
    };
    expect(shown(record)).toEqual([[], [], ['identity', 'narrative']]);
    expect(shown({ identity: {}, location: { address: null }, perpetrator: undefined })).toEqual([[], [], []]);
  });

  it.each([undefined, null, 'caseId', 7, [], [[]]])('is nothing in %j', (answer) => {
    expect(shown(answer)).toEqual([[], [], []]);
  });
});
