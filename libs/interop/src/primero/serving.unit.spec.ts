import { describe, expect, it } from '@jest/globals';
import { usable, context, holding } from '../testing.spec.js';
import { changedFields, compare, filtersIn, isFound, matches, onlyFields } from './filters.js';
import { fromPrimero } from './from-primero.js';
import { mergePrimero, withRowIds } from './merge.js';
import { dataIn } from './request-body.js';
import { servedPrimero, stagedPrimero } from './served.js';
import { toPrimero } from './to-primero.js';

const rowId = '11111111-2222-4333-8444-555555555555';

/** An invented child. */
const told = {
  case_id: '7b1c9c52-1f3e-4f0a-9d5b-0a8f1b2c3d4e',
  module_id: 'primeromodule-cp',
  name_first: 'ស្រីមុំ (Sreymom)',
  name_last: 'Sok',
  sex: 'female',
  date_of_birth: '2013-05-01',
  location_current: '2020202',
  address_current: 'Made-up street',
  services_section: [
    {
      unique_id: rowId,
      service_response_type: 'referral_to_oscar',
      service_type: 'counselling',
      service_subtype: ['counselling_trauma', 'counselling_family'],
      service_implementing_agency: 'agency-bridge',
      service_referral_notes: 'made-up note',
    },
  ],
};
const input = holding(usable(fromPrimero(told, context)));

describe('a body', () => {
  it('is read wrapped once and twice, and a record may have a field of that name', () => {
    expect(dataIn({ data: { a: 1 } })).toEqual({ a: 1 });
    expect(dataIn({ data: { data: { a: 1 } } })).toEqual({ a: 1 });
    expect(dataIn({ data: { data: { a: 1 }, b: 2 } })).toEqual({ data: { a: 1 }, b: 2 });
    expect([{}, { data: [] }, { data: 'x' }, null, []].map(dataIn)).toEqual(Array(5).fill(undefined));
  });
});

describe('a change', () => {
  const known = { name: 'a', list: ['x'], rows: [{ unique_id: 'A', one: 1, two: 2 }], kept: true };

  it('replaces what was sent and keeps the rest', () => {
    expect(mergePrimero(known, { name: 'b' })).toEqual({ ...known, name: 'b' });
    expect(mergePrimero(known, { name: null, list: null, rows: null })).toEqual({ ...known, name: null });
  });

  it('merges rows by their id, whatever its letters, and adds the others with one', () => {
    const { rows } = mergePrimero(known, { rows: [{ unique_id: 'a', two: 3 }, { one: 9 }] });
    expect(rows).toEqual([
      { unique_id: 'a', one: 1, two: 3 },
      { unique_id: expect.stringMatching(/^[0-9a-f-]{36}$/), one: 9 },
    ]);
  });

  it('knows a row that came without an id when it comes again', () => {
    const once = mergePrimero(known, { rows: [{ one: 9 }] });
    expect(mergePrimero(once, { rows: [{ one: 9 }] })).toEqual(once);
    expect(withRowIds({ rows: [{ one: 9 }], text: 'x' })).toEqual({
      rows: (once['rows'] as object[]).slice(1),
      text: 'x',
    });
  });

  it('takes a service back whose row is deleted', () => {
    const { services_section: rows } = mergePrimero(toPrimero(input), {
      services_section: [{ unique_id: rowId, _destroy: true }],
    });
    const again = usable(fromPrimero({ ...told, services_section: rows }, context));
    expect(again.record.referrals.map(({ state }) => state)).toEqual(['REVOKED', 'SENT']);
    expect(mergePrimero(known, { rows: [{ unique_id: 'B', _destroy: true }] })).toEqual(known);
  });

  it('that sends a row of several services again makes no third one of them', () => {
    const merged = mergePrimero(toPrimero(input), { services_section: told.services_section });
    const { record } = usable(fromPrimero(merged, context));
    expect(record.referrals.map(({ key }) => key)).toEqual(Object.values(input.case.referrals).map(({ key }) => key));
  });

  it('is answered with the fields and rows that were sent', () => {
    const record = { id: 'x', a: 1, b: 2, rows: [{ unique_id: 'A' }, { unique_id: 'B' }] };
    expect(changedFields(record, { a: 0, rows: [{ unique_id: 'B' }] })).toEqual({
      id: 'x',
      a: 1,
      rows: [{ unique_id: 'B' }],
    });
  });
});

describe('a filter', () => {
  const record = {
    sex: 'male',
    age: 14,
    status: 'open',
    born: '2012-02-02',
    at: '2026-01-01T00:00:00.000Z',
    tags: ['x'],
  };
  const fits = (query: Record<string, unknown>) => matches(record, filtersIn(query));

  it.each([
    [{ sex: 'male' }, true],
    [{ sex: 'male,female' }, true],
    [{ sex: ['female', 'male'] }, true],
    [{ sex: 'Male' }, false],
    [{ missing: 'x' }, false],
    [{ age: '9..20' }, true],
    [{ age: '100..200' }, false],
    [{ born: '2012-02-02..2012-02-02' }, true],
    [{ born: '..2012-02-01' }, false],
    [{ at: '2026-01-01T07:00:00+07:00..' }, true],
    [{ tags: 'x' }, true],
    [{ 'not[sex]': 'male' }, false],
    [{ 'or[sex]': 'female', 'or[status]': 'open' }, true],
    [{ 'or[sex]': 'female', 'or[status]': 'closed' }, false],
    [{ 'loc:born': '2012' }, true],
    [{ remote: 'true', page: '2', per: '5', fields: 'short', order: 'asc', order_by: 'age' }, true],
  ])('%j is %s', (query, verdict) => {
    expect(fits(query)).toBe(verdict);
  });

  it('sorts numbers by size, moments by when they are, and words by letters', () => {
    expect(['10', '9'].sort(compare)).toEqual(['9', '10']);
    expect(compare('2026-01-01T07:00:00+07:00', '2026-01-01T00:00:00Z')).toBe(0);
    expect(['b', 'a', 'a'].sort(compare)).toEqual(['a', 'a', 'b']);
  });

  it('finds words in names, or in ids alone', () => {
    const named = { name: 'Sreymom', case_id: 'abc' };
    expect([isFound(named, 'sreY', false), isFound(named, 'srey', true), isFound(named, 'AB', true)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('leaves of a record the fields that are asked for, and its id', () => {
    expect(onlyFields({ id: 'x', sex: 'male', secret: 1 }, 'short')).toEqual({ id: 'x', sex: 'male' });
    expect(onlyFields({ id: 'x', sex: 'male' }, ' ')).toEqual({ id: 'x', sex: 'male' });
  });
});

describe('a case as it is told', () => {
  const at = '2026-11-24T03:00:00.000Z';

  it('has what Primero adds to each record', () => {
    expect(servedPrimero(input, at)).toMatchObject({
      name: 'ស្រីមុំ (Sreymom) Sok',
      short_id: 'b2c3d4e',
      enabled: true,
      last_updated_at: at,
      owned_by_agency_id: expect.stringMatching(/^agency-/),
    });
  });

  it('before it is accepted, tells no name, day, place or story', () => {
    const staged = stagedPrimero(servedPrimero(input, at), { ...input, case: { ...input.case, district: '0202' } });
    expect(JSON.stringify(staged)).not.toMatch(/Sreymom|Sok|2013|street|note|020202/);
    expect(staged).toMatchObject({ sex: 'female', location_current: '202' });
  });
});
