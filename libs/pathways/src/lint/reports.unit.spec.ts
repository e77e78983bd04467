import { describe, expect, it } from '@jest/globals';
import type { WatchlistDefinition, Condition, PathwayDefinition } from '../index.js';
import { lintDefinition } from './index.js';
import { testPathway } from '../../../../test/support/test-pathway.js';
import { testCommon, text } from '../../../../test/support/test-vocabulary.js';

const khmer = (en: string) => ({ ...text(en), km: 'ខ្មែរ' });

const watchlist = (more: Partial<WatchlistDefinition> = {}): WatchlistDefinition => ({
  title: khmer('Held too long'),
  meaning: khmer('Children in custody'),
  when: { track: { id: 'LIBERTY', in: ['CUSTODY'] } },
  from: [{ deadline: 'D_CUSTODY' }, { track: { id: 'LIBERTY', in: ['CUSTODY'] }, after: 'PT12H' }],
  basis: 'for tests',
  tag: 'ASSUMED',
  confirmed: false,
  ...more,
});

const recidivism = {
  meaning: khmer('New offences'),
  deadline: 'D_AFTERCARE',
  fact: 'offence',
  found: ['FELONY'],
  unknown: [],
  offenceOn: 'hearingOn',
};

/** What lint says of the test pathway with these parts, its Khmer aside, which for tests is none. */
function findings(parts: Partial<PathwayDefinition>): [string, string][] {
  return lintDefinition({ ...testPathway, ...parts }, testCommon)
    .filter(({ path }) => /^\/(watchlists|reports|carer)/.test(path) || path.includes('catalogue'))
    .map(({ code, path }) => [code, path]);
}

describe('lint of watchlists and reports', () => {
  it('finds nothing wrong with sound ones', () => {
    const carer = { fact: 'facility', states: ['SUPPORT'], track: { id: 'HEALTH', in: ['OFFERED'] } };
    expect(findings({ watchlists: { A: watchlist() }, reports: { recidivism }, carer })).toEqual([]);
  });

  it.each<[string, string, Partial<WatchlistDefinition>]>([
    ['unknown-state', '/watchlists/A/states/0', { states: ['GONE'] }],
    ['unknown-deadline', '/watchlists/A/from/0/deadline', { from: [{ deadline: 'D99' }] }],
    ['unknown-fact-time', '/watchlists/A/from/0/fact', { from: [{ fact: 'custody' }] }],
    ['unknown-track', '/watchlists/A/from/0/track/id', { from: [{ track: { id: 'ROAD', in: ['CUSTODY'] } }] }],
    ['unknown-transition', '/watchlists/A/from/0/taken/0', { from: [{ taken: ['T99'] }] }],
    ['unknown-fact', '/watchlists/A/when/fact/name', { when: { fact: { name: 'nothing' } } }],
    ['schema', '/watchlists/A/from', { from: [] }],
  ])('%s at %s', (code, path, change) => {
    expect(findings({ watchlists: { A: watchlist(change) } })).toContainEqual([code, path]);
  });

  it.each<[Condition, string]>([
    [{ age: { atLeast: 16 } }, '/watchlists/A/when'],
    [
      { any: [{ risk: ['high'] }, { not: { elapsed: { since: 'entry', atLeast: 'P1D' } } }] },
      '/watchlists/A/when/any/1/not',
    ],
    [{ document: { code: 'BIA', within: 'P1M' } }, '/watchlists/A/when'],
    [{ actor: ['OSVY_SW'] }, '/watchlists/A/when'],
    [{ consent: { kind: 'CHILD_ASSENT' } }, '/watchlists/A/when'],
  ])('the record alone does not answer %j', (when, path) => {
    expect(findings({ watchlists: { A: watchlist({ when }) } })).toEqual([['watchlist-not-on-record', path]]);
  });

  it('a follow-up needs windows, and its values must be there', () => {
    expect(findings({ reports: { recidivism: { ...recidivism, deadline: 'D_SAFETY' } } })).toEqual([
      ['report-without-windows', '/reports/recidivism/deadline'],
    ]);
    expect(findings({ reports: { recidivism: { ...recidivism, found: ['MURDER'] } } })).toEqual([
      ['unknown-fact-value', '/reports/recidivism/found/0'],
    ]);
    const detention = { meaning: khmer('Held'), track: 'LIBERTY', pretrial: ['JAIL'], reason: 'why' };
    expect(findings({ reports: { detention } })).toEqual([
      ['unknown-track-state', '/reports/detention/pretrial/0'],
      ['unknown-fact', '/reports/detention/reason'],
    ]);
  });

  it('only a track of many rows has a catalogue', () => {
    const { HEALTH, ...others } = testPathway.tracks;
    const catalogue = { CHECK: { title: khmer('Check') } };
    expect(findings({ tracks: { ...others, HEALTH: { ...HEALTH!, catalogue } } })).toEqual([
      ['catalogue-without-rows', '/tracks/HEALTH/catalogue'],
    ]);
  });

  it('a carer is named by a fact, in states that there are', () => {
    expect(findings({ carer: { fact: 'carerId', states: ['HOME'] } })).toEqual([
      ['unknown-fact', '/carer/fact'],
      ['unknown-state', '/carer/states/0'],
    ]);
  });
});
