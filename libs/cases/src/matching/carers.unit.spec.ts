import { describe, expect, it } from '@jest/globals';
import { matchCarers, type Carer, type CareNeed } from './carers.js';

const need = (more: Partial<CareNeed> = {}): CareNeed => ({
  province: '12',
  district: '1202',
  language: undefined,
  conflicts: [],
  today: '2026-03-02',
  kind: 'FOSTER_EMERGENCY',
  ...more,
});

const carer = (carerId: string, more: Partial<Carer> = {}): Carer => ({
  carerId,
  kinds: ['FOSTER_EMERGENCY'],
  provinces: ['12'],
  districts: ['1202'],
  languages: ['km'],
  interpreter: false,
  capacity: 2,
  taken: 0,
  startsOn: '2025-06-01',
  endsOn: '2026-06-01',
  paused: false,
  ...more,
});

const fitting = (asked: CareNeed, ...carers: Carer[]) =>
  matchCarers(asked, carers)
    .filter(({ fits }) => fits)
    .map(({ offer }) => offer.carerId);

describe('SR-62: a carer for a child', () => {
  it('has a free place and an approval that has not run out', () => {
    const all = [
      carer('free'),
      carer('full', { taken: 2 }),
      carer('expired', { endsOn: '2026-03-01' }),
      carer('until-today', { endsOn: '2026-03-02', taken: 1 }),
      carer('paused', { paused: true }),
    ];
    expect(fitting(need(), ...all)).toEqual(['free', 'until-today']);
    expect(matchCarers(need(), all).at(-1)?.fits).toBe(false);
  });

  it('is approved for this kind of care, where the kind is known', () => {
    const kin = carer('aunt', { kinds: ['KINSHIP'] });
    expect(fitting(need(), kin)).toEqual([]);
    expect(matchCarers(need(), [kin])[0]?.reasons).toContain('KIND_NOT_APPROVED');
    expect(fitting(need({ kind: undefined }), kin)).toEqual(['aunt']);
  });

  it('lives in the district rather than elsewhere in the province, and not beyond', () => {
    const near = carer('near', { taken: 1 });
    const around = carer('around', { districts: ['1203'] });
    expect(fitting(need(), around, near, carer('far', { provinces: ['08'], districts: ['0801'] }))).toEqual([
      'near',
      'around',
    ]);
  });

  it('is never in conflict of interest', () => {
    expect(fitting(need({ conflicts: ['uncle'] }), carer('uncle'), carer('other'))).toEqual(['other']);
  });

  it('speaks with the child', () => {
    const asked = need({ language: 'csx' });
    expect(fitting(asked, carer('signs', { languages: ['km', 'csx'] }), carer('speaks'))).toEqual(['signs']);
  });
});
