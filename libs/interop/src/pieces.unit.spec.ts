import { describe, expect, it } from '@jest/globals';
import { shippedCodes } from './codes/code-tables.js';
import { readDate, readDayOf, readMoment } from './dates.js';
import { digestOf } from './digest.js';
import { recordsIn } from './envelope.js';
import { districtOf, primeroLocationCode, provinceOf, readLocationCode } from './location.js';
import { joinName, splitName } from './names.js';
import { mergedDetails } from './person-details.js';
import { readPhone } from './phones.js';
import { oscarRisk, readRisk } from './risk.js';
import { readSex } from './sex.js';
import { unsoundText } from './sound-text.js';
import { outwardStatus, readOscarStatus, readRowStatus, readTransitionStatus, stateFromPrimero } from './statuses.js';
import { timeframeOf, urgencyOf } from './urgency.js';

describe('records in an envelope', () => {
  const one = { case_id: 'a' };
  it.each([
    ['one record', one],
    ['a list', [one]],
    ['an answer with a list', { data: [one], metadata: { total: 1 } }],
    ['an answer with one', { data: one }],
    ['wrapped twice', { data: { data: one } }],
    ["a job's state with an answer", { references: [{}], data: { __headers: {}, data: [one] } }],
    ["a job's state with a list", { references: [{}], data: [one] }],
    ['wrapped as a child', { remote: true, child: one }],
    ['a list of wrapped children', { data: [{ child: one }] }],
  ])('finds them in %s', (_, json) => expect(recordsIn('primero', json)).toEqual([one]));

  it('finds a client posted as an organisation', () =>
    expect(recordsIn('oscar', { organization: one })).toEqual([one]));
  it('finds none in an empty answer', () => expect(recordsIn('oscar', { data: [] })).toEqual([]));
  it('takes what is no envelope for a record, to be refused by name', () => {
    expect(recordsIn('oscar', { data: null })).toEqual([{ data: null }]);
    expect(recordsIn('primero', 'text')).toEqual(['text']);
  });
});

describe('the digest of a record', () => {
  it('does not depend on the order of keys', () =>
    expect(digestOf({ a: 1, b: [{ c: null, d: 'x' }] })).toBe(digestOf({ b: [{ d: 'x', c: null }], a: 1 })));
  it('depends on every value and on the order of a list', () => {
    const digests = [{ a: 1 }, { a: '1' }, { a: null }, {}, { a: [] }, { a: [1, 2] }, { a: [2, 1] }].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
  it('survives a record too deep for the stack', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(digestOf(deep)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('unsound text', () => {
  it('is named by its field, wherever it stands', () =>
    expect(unsoundText({ name: 'a\0', rows: [{ note: '\ud800' }] })).toEqual([
      'name: broken text',
      'rows[0].note: broken text',
    ]));
  it('never repeats a field name that is no plain word', () =>
    expect(unsoundText({ 'Sok Dara\0': 'ស្រី\0' })).toEqual(['(field): broken text', 'record: broken field name']));
  it('finds nesting that no form has', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 50_000; depth += 1) deep = { a: deep };
    expect(unsoundText(deep)).toEqual([expect.stringMatching(/: nested too deeply$/)]);
  });
  it('leaves Khmer and emoji alone', () => expect(unsoundText({ name: 'ស្រីមុំ', note: '👧🏽' })).toEqual([]));
});

describe('names', () => {
  it.each([
    ['ស្រីមុំ (Sreymom)', { km: 'ស្រីមុំ', latin: 'Sreymom' }],
    ['Sreymom (ស្រីមុំ)', { km: 'ស្រីមុំ', latin: 'Sreymom' }],
    ['ស្រីមុំ(Sreymom)', { km: 'ស្រីមុំ', latin: 'Sreymom' }],
    ['Dara (D) (ដារា)', { km: 'ដារា', latin: 'Dara (D)' }],
    ['ដារា', { km: 'ដារា' }],
    ['Dara', { latin: 'Dara' }],
    ['Dara (Dy)', { latin: 'Dara (Dy)' }],
    ['  ', {}],
  ])('%s is split by script', (text, name) => expect(splitName(text)).toEqual(name));
  it('are joined the way the exchange writes them', () => {
    expect(joinName({ km: 'ដារា', latin: 'Dara' })).toBe('ដារា (Dara)');
    expect(joinName({ latin: 'Dara' })).toBe('Dara');
    expect(joinName({})).toBeUndefined();
  });
});

describe('location codes', () => {
  it.each([
    ['2020202', '02020202'],
    ['1', '01'],
    ['102', '0102'],
    ['10203', '010203'],
    ['02020202', '02020202'],
    ['120611', '120611'],
    ['12', '12'],
  ])('%s is %s: a lost leading zero is put back', (text, code) => expect(readLocationCode(text)).toBe(code));
  it.each(['string', '', '0202020201', '123456789', '12a4', '-1', '1.5'])('%s is none', (text) =>
    expect(readLocationCode(text)).toBeUndefined(),
  );
  it('start with the codes of district and province', () => {
    expect([provinceOf('02020202'), districtOf('02020202'), districtOf('02')]).toEqual(['02', '0202', undefined]);
  });
  it('go to Primero as it holds them, and come back', () => {
    expect(primeroLocationCode('02020202')).toBe('2020202');
    expect(readLocationCode(primeroLocationCode('19'))).toBe('19');
  });
});

describe('dates', () => {
  it.each([
    ['2020/08/24 13:17:05 +0000', '2020-08-24', '2020-08-24T13:17:05.000Z'],
    ['2006/01/10', '2006-01-10', '2006-01-09T17:00:00.000Z'],
    ['2012-02-02', '2012-02-02', '2012-02-01T17:00:00.000Z'],
    ['2021-11-09T10:20:12.384Z', '2021-11-09', '2021-11-09T10:20:12.384Z'],
    ['2021-11-09 10:20', '2021-11-09', '2021-11-09T03:20:00.000Z'],
  ])('%s is read', (text, date, moment) => {
    expect(readDate(text)).toBe(date);
    expect(readMoment(text)).toBe(moment);
  });
  it.each([
    '22012-01-01',
    '2025-02-31',
    '2025-02-31T10:00:00Z',
    '2025-01-01T25:00:00Z',
    '0012-01-01',
    'string',
    '2012',
  ])('%s is none', (text) => {
    expect(readDate(text)).toBeUndefined();
    expect(readMoment(text)).toBeUndefined();
  });
  it('fall on the day that people in Cambodia saw', () => expect(readDayOf('2020-08-24T22:17:05Z')).toBe('2020-08-25'));
});

describe('phones, agencies, sex, risk, urgency', () => {
  it('a number of zeros is no number', () => {
    expect([readPhone('000000000'), readPhone('0000000000'), readPhone(' 012 345 678 ')]).toEqual([
      undefined,
      undefined,
      '012 345 678',
    ]);
  });
  it('an agency of Primero is an organisation of OSCaR', () => {
    const { agencies } = shippedCodes;
    expect(['agency-cif', 'cif', 'agency-'].map((code) => agencies.fromPrimero(code))).toEqual([
      'cif',
      'cif',
      undefined,
    ]);
    expect(agencies.toPrimero('cif')).toBe('agency-cif');
  });
  it('sex is read in either case and from either list', () => {
    expect(['Male', 'lgbt', 'prefer_not_to_say', 'string', 'constructor'].map(readSex)).toEqual([
      'male',
      'other',
      'unknown',
      undefined,
      undefined,
    ]);
  });
  it('risk is spelt with a space in OSCaR', () => {
    expect([readRisk('no action'), readRisk('no_action'), readRisk('urgent')]).toEqual([
      'no_action',
      'no_action',
      undefined,
    ]);
    expect([oscarRisk('no_action'), oscarRisk('high')]).toEqual(['no action', 'high']);
  });
  it('timeframes are urgencies', () => {
    expect(['1_hour', '3_hours', '1_day', '3_days', undefined].map(urgencyOf)).toEqual([
      'EMERGENCY',
      'URGENT_3H',
      'URGENT',
      'SOON',
      'ROUTINE',
    ]);
    expect([timeframeOf('URGENT'), timeframeOf('ROUTINE')]).toEqual(['1_day', undefined]);
  });
});

describe('statuses', () => {
  const nothing = { transition: undefined, row: undefined, implemented: false, provided: false, revoked: false };
  it.each([
    ['nothing said', {}, 'SENT'],
    ['an open transition', { transition: 'in_progress' }, 'SENT'],
    ['a pending row', { row: 'pending_310366' }, 'SENT'],
    ['an accepted row of an open transition', { transition: 'in_progress', row: 'accepted_340953' }, 'ACCEPTED'],
    ['a rejected row of an open transition', { transition: 'in_progress', row: 'rejected_936484' }, 'REJECTED'],
    ['an accepted transition, whatever the row says', { transition: 'accepted', row: 'rejected_936484' }, 'ACCEPTED'],
    ['a rejected transition', { transition: 'rejected', row: 'accepted_340953' }, 'REJECTED'],
    ['a transition that is done', { transition: 'done', row: 'pending_310366' }, 'COMPLETED'],
    ['a transition that was revoked', { transition: 'revoked', row: 'accepted_340953' }, 'REVOKED'],
    ['a service that a partner is giving', { row: 'accepted_340953', provided: true }, 'IN_SERVICE'],
    ['a service that was implemented', { row: 'accepted_340953', provided: true, implemented: true }, 'COMPLETED'],
    ['our note that it was taken back', { row: 'rejected_936484', revoked: true }, 'REVOKED'],
  ] as const)('of Primero: %s', (_, answer, state) => expect(stateFromPrimero({ ...nothing, ...answer })).toBe(state));

  it('of OSCaR, with the typing error that lives on', () => {
    expect(['Referred', 'Accepted', 'Accetped', 'Active', 'Exited', 'Rejected', 'string'].map(readOscarStatus)).toEqual(
      ['SENT', 'ACCEPTED', 'ACCEPTED', 'IN_SERVICE', 'REJECTED', 'REJECTED', undefined],
    );
  });
  it('that nobody knows are not guessed', () => {
    expect([readTransitionStatus('maybe'), readRowStatus('pending'), readRowStatus('toString')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  it.each([
    ['SENT', 'in_progress', 'pending_310366', 'Referred'],
    ['ACKNOWLEDGED', 'in_progress', 'pending_310366', 'Referred'],
    ['MORE_INFO', 'in_progress', 'pending_310366', 'Referred'],
    ['EXPIRED', 'in_progress', 'pending_310366', 'Referred'],
    ['ACCEPTED', 'accepted', 'accepted_340953', 'Accepted'],
    ['IN_SERVICE', 'accepted', 'accepted_340953', 'Active'],
    ['COMPLETED', 'done', 'accepted_340953', 'Active'],
    ['REJECTED', 'rejected', 'rejected_936484', 'Exited'],
    ['REVOKED', 'revoked', 'rejected_936484', 'Exited'],
  ] as const)('%s goes out as %s, %s, %s', (state, transition, row, oscar) =>
    expect(outwardStatus(state)).toEqual({ transition, row, oscar }),
  );
});

describe('details that a system left out', () => {
  it('erase nothing', () => {
    const facts = { sex: 'female', ageBand: '6-11', province: '02', synthetic: true } as const;
    const known = {
      facts,
      identity: { givenNameKm: 'ដារា', givenNameLatin: 'Dara' },
      location: { address: 'by the well' },
    };
    const received = {
      facts: { sex: 'unknown', ageBand: 'unknown', synthetic: false } as const,
      identity: { givenNameLatin: 'Daara' },
      location: {},
    };
    expect(mergedDetails(known, received)).toEqual({
      facts,
      identity: { givenNameKm: 'ដារា', givenNameLatin: 'Daara' },
      location: { address: 'by the well' },
    });
  });
});
