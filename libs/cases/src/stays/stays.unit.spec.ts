import { describe, expect, it } from '@jest/globals';
import { ask, event, given, START, type Story } from '../../../../test/support/case-specification.js';
import { after, facts, openCase, step, supported, track } from '../../../../test/support/case-stories.js';

const there = (more: Record<string, string> = {}) => openCase({ facts: { facility: 'RCF-1', ...more } });
const years = '2021-05-01T00:00:00.000Z';

const staysOf = (story: Story) =>
  story
    .known()
    .stays.filter(({ replacedAt }) => replacedAt === undefined)
    .map(({ facility, from, until }) => [facility, from, until]);

describe('a stay in care', () => {
  it('begins with the admission, or with the enrolment where that is not known', () => {
    expect(staysOf(given(there({ arrivedAt: years })))).toEqual([['RCF-1', years, undefined]]);
    expect(staysOf(given(there()))).toEqual([['RCF-1', START, undefined]]);
    expect(staysOf(given(openCase()))).toEqual([]);
  });

  it('holds ids, times and the facility only', () => {
    given()
      .when(there({ arrivedAt: years }))
      .thenAmongOthers({
        type: 'StayBegan',
        data: { stay: 1, facility: 'RCF-1', from: years },
      });
  });

  it('does not begin while an admission is only proposed', () => {
    const proposed = openCase({ facts: { admission: 'NEW' } });
    expect(staysOf(given(proposed))).toEqual([]);
  });

  it('begins when the facility becomes known later', () => {
    expect(staysOf(given(openCase(), facts({ facility: 'RCF-1' }, { at: after({ days: 2 }) })))).toEqual([
      ['RCF-1', START, undefined],
    ]);
  });

  it('ends where another facility takes the child', () => {
    const at = after({ days: 9 });
    const arrivedAt = after({ days: 8 });
    const moved = given(there(), facts({ facility: 'RCF-2' }, { at }));
    expect(staysOf(moved)).toEqual([
      ['RCF-1', START, at],
      ['RCF-2', at, undefined],
    ]);
    expect(staysOf(given(there(), facts({ facility: 'RCF-2', arrivedAt }, { at })))).toEqual([
      ['RCF-1', START, arrivedAt],
      ['RCF-2', arrivedAt, undefined],
    ]);
  });

  it('is corrected by another time of admission, and what was known before can still be told', () => {
    const told = given(there(), facts({ arrivedAt: years }, { at: after({ days: 5 }) }));
    expect(staysOf(told)).toEqual([['RCF-1', years, undefined]]);
    expect(told.known().stays[0]).toMatchObject({ from: START, recordedAt: START, replacedAt: after({ days: 5 }) });
  });

  it('ends on the day told, and does not begin again because its true beginning is told', () => {
    const left = given(there(), facts({ leftOn: '2026-03-10' }, { at: after({ days: 20 }) }));
    const end = '2026-03-09T17:00:00.000Z';
    expect(staysOf(left)).toEqual([['RCF-1', START, end]]);
    const corrected = left.and(facts({ arrivedAt: years }, { at: after({ days: 21 }) }));
    expect(staysOf(corrected)).toEqual([['RCF-1', years, end]]);
    const again = after({ days: 30 });
    expect(staysOf(corrected.and(facts({ arrivedAt: again }, { at: again })))).toEqual([
      ['RCF-1', years, end],
      ['RCF-1', again, undefined],
    ]);
    expect(staysOf(left.and(facts({ facility: 'RCF-3' }, { at: again })))).toEqual([
      ['RCF-1', START, end],
      ['RCF-3', again, undefined],
    ]);
  });

  it('may be over when it is first told', () => {
    expect(staysOf(given(there({ arrivedAt: years, leftOn: '2022-01-01' })))).toEqual([
      ['RCF-1', years, '2021-12-31T17:00:00.000Z'],
    ]);
  });

  it('ends with a step that the pathway says leads out of the facility, and with no other', () => {
    const at = after({ days: 4 });
    const supportedThere = given(...supported(), facts({ facility: 'RCF-1' }));
    expect(staysOf(supportedThere.and(step('T07', { reasonCode: 'ILL' }, { at })))).toEqual([
      ['RCF-1', START, undefined],
    ]);
    supportedThere
      .when(step('T07', { reasonCode: 'MOVED' }, { at }))
      .thenAmongOthers(event('TransitionTaken'), event('StayEnded', { stay: 1, until: at }));
    given(...supported())
      .when(step('T07', { reasonCode: 'MOVED' }, { at }))
      .thenNone('StayEnded');
  });
});

describe('a stay in detention', () => {
  const held = (to: string, more: object = {}, at = START) =>
    ask('MoveTrack', { track: 'LIBERTY', to, ...more }, { at });

  it('lasts while the track is in a state of detention; another place or another kind is another stay', () => {
    const [second, third, free] = [1, 2, 3].map((days) => after({ days }));
    const story = given(
      openCase(),
      held('CUSTODY', { place: 'POST-1' }),
      held('CUSTODY', { place: 'POST-2' }, second),
      held('DETAINED', { place: 'PRISON-08' }, third),
      held('AT_LIBERTY', {}, free),
    );
    expect(staysOf(story)).toEqual([
      ['POST-1', START, second],
      ['POST-2', second, third],
      ['PRISON-08', third, free],
    ]);
    expect(story.known().stays.map(({ held: kind }) => kind?.state)).toEqual(['CUSTODY', 'CUSTODY', 'DETAINED']);
  });

  it('goes on when nothing is told of another place, and is known also where the place is not', () => {
    given(openCase(), held('CUSTODY', { place: 'POST-1' }))
      .when(held('CUSTODY', {}, after({ days: 1 })))
      .thenNone('StayBegan', 'StayEnded');
    expect(staysOf(given(openCase(), track('LIBERTY', 'CUSTODY')))).toEqual([[undefined, START, undefined]]);
  });

  it('never ends before it began, however late and crooked it is told', () => {
    const late = { at: after({ days: -2 }), recordedAt: after({ days: 1 }) };
    expect(staysOf(given(openCase(), held('CUSTODY'), track('LIBERTY', 'AT_LIBERTY', late)))).toEqual([
      [undefined, START, START],
    ]);
  });

  it('leaves the stay in care alone', () => {
    expect(staysOf(given(there(), held('CUSTODY', { place: 'POST-1' })))).toEqual([
      ['RCF-1', START, undefined],
      ['POST-1', START, undefined],
    ]);
  });
});

it('a case in no pathway says nothing of where the child lives', () => {
  const waiting = ask('OpenCase', { code: 'K', personId: 'p', agency: 'osvy', synthetic: true });
  expect(staysOf(given(waiting))).toEqual([]);
});
