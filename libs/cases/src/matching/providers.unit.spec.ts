import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchProviders, nextProvider, type ProvidedService, type ServiceNeed } from './providers.js';

const need = (more: Partial<ServiceNeed> = {}): ServiceNeed => ({
  province: '12',
  district: '1202',
  language: undefined,
  conflicts: [],
  today: '2026-03-02',
  fromAgency: 'osvy',
  asked: [],
  ...more,
});

const offer = (agency: string, more: Partial<ProvidedService> = {}): ProvidedService => ({
  agency,
  provinces: [],
  districts: ['1202'],
  languages: ['km'],
  interpreter: false,
  capacity: 5,
  taken: 0,
  startsOn: '2026-01-01',
  endsOn: undefined,
  paused: false,
  ...more,
});

const order = (asked: ServiceNeed, ...offers: ProvidedService[]) =>
  matchProviders(asked, offers)
    .filter(({ fits }) => fits)
    .map(({ offer: { agency } }) => agency);

const reasons = (asked: ServiceNeed, one: ProvidedService) => matchProviders(asked, [one])[0]?.reasons;

describe('the next provider of a service', () => {
  it("covers the child's district before it covers the province", () => {
    const around = offer('around', { districts: [], provinces: ['12'], capacity: 50 });
    expect(order(need(), around, offer('near'), offer('far', { districts: ['0801'] }))).toEqual(['near', 'around']);
    expect(nextProvider(need(), [around, offer('near')])).toBe('near');
  });

  it('has a free place: what is accepted and in service takes one each', () => {
    const full = offer('full', { capacity: 2, taken: 2 });
    expect(nextProvider(need(), [full, offer('last', { capacity: 2, taken: 1 })])).toBe('last');
    expect(reasons(need(), full)).toEqual(['COVERS_DISTRICT', 'NO_CAPACITY']);
    expect(matchProviders(need(), [offer('over', { capacity: 1, taken: 3 })])[0]?.free).toBe(0);
    expect(order(need(), offer('few', { taken: 4 }), offer('many'))).toEqual(['many', 'few']);
  });

  it.each<[string, Partial<ProvidedService>, boolean]>([
    ['EXPIRED', { endsOn: '2026-03-01' }, false],
    ['EXPIRED', { endsOn: '2026-03-02' }, true],
    ['NOT_YET', { startsOn: '2026-03-03' }, false],
    ['NOT_YET', { startsOn: '2026-03-02' }, true],
    ['PAUSED', { paused: true }, false],
  ])('is not %s with %j', (reason, more, fits) => {
    expect(matchProviders(need(), [offer('one', more)])[0]?.fits).toBe(fits);
    expect(reasons(need(), offer('one', more))?.includes(reason as 'EXPIRED')).toBe(!fits);
  });

  it('is neither in conflict of interest, nor was it asked already, nor does it ask itself', () => {
    const asked = need({ conflicts: ['suspects'], asked: ['silent'], fromAgency: 'asker' });
    const all = ['suspects', 'silent', 'asker', 'other'].map((agency) => offer(agency));
    expect(order(asked, ...all)).toEqual(['other']);
    expect(reasons(asked, offer('suspects'))).toContain('CONFLICT_OF_INTEREST');
    expect(reasons(asked, offer('silent'))).toContain('ALREADY_ASKED');
    expect(reasons(asked, offer('asker'))).toContain('SENDER');
  });

  it("speaks the child's language, or brings somebody who does", () => {
    const asked = need({ language: 'cmo' });
    const speaks = offer('speaks', { languages: ['km', 'cmo'], taken: 4 });
    expect(order(asked, offer('brings', { interpreter: true }), offer('neither'), speaks)).toEqual([
      'speaks',
      'brings',
    ]);
    expect(reasons(asked, offer('neither'))).toContain('LANGUAGE_MISSING');
  });

  it('is proposed also where nobody knows where the child lives', () => {
    const nowhere = need({ province: undefined, district: undefined });
    expect(order(nowhere, offer('far', { districts: ['0801'] }))).toEqual(['far']);
    expect(order(need({ district: undefined }), offer('around', { districts: [], provinces: ['12'] }))).toEqual([
      'around',
    ]);
    expect(order(need({ province: undefined }), offer('around', { districts: [], provinces: ['12'] }))).toEqual([
      'around',
    ]);
  });

  it('is nobody where nobody fits, and everybody is shown with all that speaks against them', () => {
    const all = [
      offer('b', { paused: true, capacity: 0, districts: [], provinces: ['08'] }),
      offer('a', { paused: true }),
    ];
    expect(nextProvider(need(), all)).toBeUndefined();
    expect(matchProviders(need(), all).map(({ offer: { agency }, reasons: why }) => [agency, why])).toEqual([
      ['a', ['COVERS_DISTRICT', 'HAS_CAPACITY', 'PAUSED']],
      ['b', ['OUT_OF_AREA', 'NO_CAPACITY', 'PAUSED']],
    ]);
  });
});

const codes = (...values: string[]) => fc.subarray(values);
const day = fc.constantFrom('2026-01-01', '2026-03-01', '2026-03-02', '2026-03-03', '2026-12-31');

const anyOffers = fc.uniqueArray(
  fc.record<ProvidedService>({
    agency: fc.constantFrom(...'abcdefghij'.split('')),
    provinces: codes('08', '12'),
    districts: codes('0801', '1202', '1203'),
    languages: codes('km', 'cmo', 'csx'),
    interpreter: fc.boolean(),
    capacity: fc.integer({ min: 0, max: 4 }),
    taken: fc.integer({ min: 0, max: 4 }),
    startsOn: day,
    endsOn: fc.option(day, { nil: undefined }),
    paused: fc.boolean(),
  }),
  { selector: ({ agency }) => agency },
);

const anyNeed = fc.record<ServiceNeed>({
  province: fc.constantFrom(undefined, '08', '12'),
  district: fc.constantFrom(undefined, '1202', '0801'),
  language: fc.constantFrom(undefined, 'km', 'cmo'),
  conflicts: codes('a', 'b'),
  today: fc.constant('2026-03-02'),
  fromAgency: fc.constantFrom('c', 'osvy'),
  asked: codes('d', 'e'),
});

describe('whatever the directory says', () => {
  const holds = (law: (asked: ServiceNeed, offers: ProvidedService[]) => void): void =>
    fc.assert(fc.property(anyNeed, anyOffers, law), { numRuns: 500 });

  it('whoever is proposed is open, has room, covers the place and may know of the child', () => {
    holds((asked, offers) => {
      const { conflicts, today, fromAgency, language, district, province } = asked;
      const around = province ?? district?.slice(0, 2);
      for (const { offer: one, fits } of matchProviders(asked, offers)) {
        const open = !one.paused && one.startsOn <= today && (one.endsOn ?? today) >= today && one.taken < one.capacity;
        const near =
          (district !== undefined && one.districts.includes(district)) ||
          around === undefined ||
          one.provinces.includes(around);
        const understands = language === undefined || one.interpreter || one.languages.includes(language);
        const free = ![...conflicts, ...asked.asked, fromAgency].includes(one.agency);
        expect(fits).toBe(open && near && understands && free);
      }
    });
  });

  it('nobody is lost, and nobody who covers only the province comes before one who covers the district', () => {
    holds((asked, offers) => {
      const matches = matchProviders(asked, offers);
      expect(matches.map(({ offer: { agency } }) => agency).toSorted()).toEqual(
        offers.map(({ agency }) => agency).toSorted(),
      );
      const near = matches.filter(({ fits }) => fits).map(({ reasons: why }) => why.includes('COVERS_DISTRICT'));
      expect(near).toEqual(near.toSorted((one, other) => Number(other) - Number(one)));
      const fitting = matches.map(({ fits }) => fits);
      expect(fitting).toEqual(fitting.toSorted((one, other) => Number(other) - Number(one)));
    });
  });

  it('the answer does not hang on the order in which the directory is read', () => {
    holds((asked, offers) => {
      expect(matchProviders(asked, offers.toReversed())).toEqual(matchProviders(asked, offers));
    });
  });

  it('asked and silent, the next in order is proposed, until there is none', () => {
    holds((asked, offers) => {
      const expected = order(asked, ...offers);
      const sequence: string[] = [];
      for (let next = nextProvider(asked, offers); next !== undefined;) {
        sequence.push(next);
        next = nextProvider({ ...asked, asked: [...asked.asked, ...sequence] }, offers);
      }
      expect(sequence).toEqual(expected);
    });
  });
});
