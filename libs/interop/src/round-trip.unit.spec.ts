import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromOscar, fromPrimero, toOscar, toPrimero, toPrimeroReferrals } from './index.js';
import { oscarRecord } from './oscar/generated.spec.js';
import { primeroRecord } from './primero/generated.spec.js';
import { unknownToPrimero } from './primero/accepted.spec.js';
import { context, essence, holding, usable } from './testing.spec.js';

describe('a case of Primero, taken in and given back', () => {
  it('is the same case', () => {
    fc.assert(
      fc.property(primeroRecord, (record) => {
        const once = usable(fromPrimero(record, context));
        const twice = usable(fromPrimero(toPrimero(holding(once)), context));
        expect(essence(twice)).toEqual(essence(once));
        expect(twice.identifiers).toMatchObject(once.identifiers);
      }),
    );
  });

  it('goes out the same a second time', () => {
    fc.assert(
      fc.property(primeroRecord, (record) => {
        const first = toPrimero(holding(usable(fromPrimero(record, context))));
        expect(toPrimero(holding(usable(fromPrimero(first, context))))).toEqual(first);
      }),
    );
  });

  it('tells the same states through its referrals', () => {
    fc.assert(
      fc.property(primeroRecord, (record) => {
        const once = usable(fromPrimero(record, context));
        const answered = { ...toPrimero(holding(once)), referrals: toPrimeroReferrals(holding(once)) };
        expect(essence(usable(fromPrimero(answered, context)))).toEqual(essence(once));
      }),
    );
  });

  it('goes out as Primero accepts it', () => {
    fc.assert(
      fc.property(primeroRecord, (record) => {
        expect(unknownToPrimero(toPrimero(holding(usable(fromPrimero(record, context)))))).toEqual([]);
      }),
    );
  });
});

describe('a client of OSCaR, taken in and given back', () => {
  it('is the same client of one organisation', () => {
    fc.assert(
      fc.property(oscarRecord, (record) => {
        const once = usable(fromOscar(record, context));
        const out = toOscar(holding(once));
        expect(out).toHaveLength(1);
        const twice = usable(fromOscar(out[0], context));
        expect(essence(twice)).toEqual(essence(once));
        expect(twice.identifiers).toEqual(once.identifiers);
      }),
    );
  });

  it('never carries null', () => {
    fc.assert(
      fc.property(oscarRecord, (record) => {
        expect(JSON.stringify(toOscar(holding(usable(fromOscar(record, context)))))).not.toMatch(/:null|undefined/);
      }),
    );
  });
});

describe('from one system to the other', () => {
  it('Primero to OSCaR keeps names in both scripts, birth date, sex, place, risk and the services OSCaR knows', () => {
    fc.assert(
      fc.property(primeroRecord, (record) => {
        const here = usable(fromPrimero(record, context));
        const there = toOscar(holding(here)).map((item) => usable(fromOscar(item, context)));
        for (const { person, record: told } of there) {
          expect(kept(person)).toEqual(kept(here.person));
          expect(told.risk).toBe(here.record.risk);
        }
        expect(codes(there.flatMap((item) => item.record.referrals)).sort()).toEqual(
          codes(here.record.referrals).map(asOscarKnowsIt).sort(),
        );
      }),
    );
  });

  it('OSCaR to Primero keeps names in both scripts, birth date, sex, place, risk and services', () => {
    fc.assert(
      fc.property(oscarRecord, (record) => {
        const here = usable(fromOscar(record, context));
        const there = usable(fromPrimero(toPrimero(holding(here)), context));
        expect(kept(there.person)).toEqual(kept(here.person));
        expect(there.record.risk).toBe(here.record.risk);
        expect(codes(there.record.referrals)).toEqual(codes(here.record.referrals));
        expect(there.record.referrals.map(({ state }) => state)).toEqual(
          here.record.referrals.map(({ state }) => state),
        );
      }),
    );
  });
});

function kept({ facts, identity, location }: ReturnType<typeof usable>['person']) {
  const { familyNameKm, givenNameKm, familyNameLatin, givenNameLatin, birthDate } = identity;
  return {
    names: { familyNameKm, givenNameKm, familyNameLatin, givenNameLatin },
    birthDate,
    sex: facts.sex,
    place: location.locationCode ?? location.addressCode,
  };
}

const codes = (referrals: ReturnType<typeof usable>['record']['referrals']): string[] =>
  referrals.map(({ service }) => (service.original === 'Literacy Support' ? service.original : service.code));

/** What OSCaR has no name for arrives there as its *Other Service*. */
const asOscarKnowsIt = (code: string): string =>
  ['UNMAPPED', 'psychosocial_service', 'PEP'].includes(code) ? 'other_other_service' : code;
