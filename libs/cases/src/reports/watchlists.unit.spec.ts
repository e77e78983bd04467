import { describe, expect, it } from '@jest/globals';
import { cambodia } from '#libs/calendar';
import type { WatchlistDefinition, CarerRule, PathwayDefinition } from '#libs/pathways';
import { ask, START, storyIn, type Asked } from '../../../../test/support/case-specification.js';
import {
  after,
  contact,
  decided,
  facts,
  openCase,
  risk,
  step,
  supported,
  track,
} from '../../../../test/support/case-stories.js';
import { testPathway } from '../../../../test/support/test-pathway.js';
import { testCommon, text } from '../../../../test/support/test-vocabulary.js';
import { watchlistsOf } from './watchlists.js';
import { carerOf } from './carer.js';

const watchlist = (more: Partial<WatchlistDefinition>): WatchlistDefinition => ({
  title: text('Watchlist'),
  meaning: text('Who is listed'),
  from: [{ opened: true }],
  basis: 'for tests',
  tag: 'ASSUMED',
  confirmed: false,
  ...more,
});

const held = { id: 'LIBERTY', in: ['CUSTODY', 'DETAINED'] };

function pathwayWith(parts: Partial<PathwayDefinition>) {
  return { definition: { ...testPathway, ...parts }, common: testCommon };
}

/** Since when the case of this story is on the list, if it is. */
function listed(definition: Partial<WatchlistDefinition>, ...asked: Asked[]): string | undefined {
  const pathway = pathwayWith({ watchlists: { A: watchlist(definition) } });
  const state = storyIn({ pathways: { 'TEST@1.0.0': pathway } })(...asked).known();
  return watchlistsOf(state, pathway, cambodia)[0]?.since;
}

describe('a watchlist', () => {
  it('lists a case for which its condition holds, and no other', () => {
    const highRisk = { when: { risk: ['high' as const] } };
    expect(listed(highRisk, openCase())).toBeUndefined();
    expect(listed(highRisk, openCase(), risk('high', { at: after({ hours: 5 }) }))).toBe(START);
  });

  it('lists no case that is not enrolled yet', () => {
    const waiting = { code: 'K', personId: 'p', agency: 'osvy', synthetic: true };
    expect(listed({}, ask('OpenCase', waiting))).toBeUndefined();
  });

  it('counts from when the child was first held, however often it was moved since', () => {
    const story = [
      openCase(),
      track('LIBERTY', 'CUSTODY', { at: after({ hours: 1 }) }),
      track('LIBERTY', 'CUSTODY', { at: after({ hours: 9 }) }),
      track('LIBERTY', 'DETAINED', { at: after({ hours: 20 }) }),
    ];
    const twelveHours = { from: [{ track: held, after: 'PT12H' }] };
    expect(listed(twelveHours, ...story)).toBe(after({ hours: 13 }));
    const again = [
      track('LIBERTY', 'AT_LIBERTY', { at: after({ hours: 30 }) }),
      track('LIBERTY', 'CUSTODY', { at: after({ hours: 40 }) }),
    ];
    expect(listed(twelveHours, ...story, again[0]!)).toBeUndefined();
    expect(listed(twelveHours, ...story, ...again)).toBe(after({ hours: 52 }));
  });

  it('counts from the earliest moment that is known', () => {
    const from: WatchlistDefinition['from'] = [{ deadline: 'D_CUSTODY' }, { track: held, after: 'P7D' }];
    const custody = track('LIBERTY', 'CUSTODY', { at: after({ hours: 2 }) });
    expect(listed({ from }, openCase(), custody)).toBe(after({ days: 7, hours: 2 }));
    const armed = listed({ from }, openCase({ facts: { arrivedAt: START } }), custody);
    expect(armed! < after({ days: 7 })).toBe(true);
    expect(listed({ from: [{ deadline: 'D_CUSTODY' }] }, openCase(), custody)).toBeUndefined();
  });

  it('counts from the end of a day, which may lie ahead', () => {
    const hearing = { from: [{ fact: 'hearingOn' }] };
    expect(listed(hearing, openCase(), facts({ hearingOn: '2026-03-20' }))).toBe('2026-03-20T16:59:59.000Z');
    expect(listed(hearing, openCase())).toBeUndefined();
  });

  it('counts from the review that the latest decision set', () => {
    const review = { from: [{ review: true as const }] };
    expect(listed(review, openCase())).toBeUndefined();
    const told = [...supported(), decided({ reviewOn: '2026-04-01' })];
    expect(listed(review, ...told)).toBe('2026-04-01T16:59:59.000Z');
    expect(listed(review, ...told, decided())).toBeUndefined();
  });

  it('counts from a step, where there was one', () => {
    const from = [{ taken: ['T05'] }];
    expect(listed({ from }, openCase())).toBeUndefined();
    expect(listed({ from }, ...supported({ at: after({ hours: 3 }) }))).toBe(after({ hours: 3 }));
  });

  it('lists nothing that has ended, unless it says so', () => {
    const ended = [
      ...supported(),
      ask(
        'AttestGuard',
        { guard: 'T10.3', reason: 'moved' },
        { actor: { id: 's', roles: ['PDOSVY_SUP'], agency: 'p' } },
      ),
      step('T10', { outcome: 'O1' }),
    ];
    expect(listed({}, ...supported())).toBe(START);
    expect(listed({}, ...ended)).toBeUndefined();
    expect(listed({ states: ['CLOSED'] }, ...ended)).toBe(START);
    expect(listed({ states: ['PANEL'] }, ...supported())).toBeUndefined();
  });

  it('is the same whoever asks and whenever: nothing in it hangs on the time', () => {
    const pathway = pathwayWith({ watchlists: { A: watchlist({ when: { not: { document: { code: 'BIA' } } } }) } });
    const state = storyIn({ pathways: { 'TEST@1.0.0': pathway } })(openCase(), contact()).known();
    expect(watchlistsOf(state, pathway, cambodia)).toEqual([{ watchlist: 'A', since: START }]);
  });
});

describe('the carer whose place a child takes', () => {
  const rule: CarerRule = { fact: 'facility', track: { id: 'HEALTH', in: ['OFFERED'] } };

  function carer(definition: CarerRule | undefined, ...asked: Asked[]): string | undefined {
    const pathway = pathwayWith(definition === undefined ? {} : { carer: definition });
    return carerOf(storyIn({ pathways: { 'TEST@1.0.0': pathway } })(...asked).known(), pathway);
  }

  const named = facts({ facility: 'carer-1' });

  it('is named by the fact, while the track says that the child lives there', () => {
    expect(carer(rule, openCase(), named)).toBeUndefined();
    expect(carer(rule, openCase(), named, track('HEALTH', 'OFFERED'))).toBe('carer-1');
    expect(carer(rule, openCase(), track('HEALTH', 'OFFERED'))).toBeUndefined();
    expect(carer(undefined, openCase(), named, track('HEALTH', 'OFFERED'))).toBeUndefined();
  });

  it('has the place back when the case leaves the states in which it is kept', () => {
    const kept: CarerRule = { fact: 'facility', states: ['SUPPORT'] };
    expect(carer(kept, openCase(), named)).toBeUndefined();
    expect(carer(kept, ...supported(), named)).toBe('carer-1');
    expect(carer(kept, ...supported(), named, step('T02', { reason: 'danger' }))).toBeUndefined();
  });
});
