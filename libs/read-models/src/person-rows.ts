import type { PersonState } from '#libs/cases';
import type { Table } from './table.js';

export interface PersonRow {
  stream_id: string;
  version: number;
  sex: string;
  age_band: string;
  province: string | null;
  district: string | null;
  synthetic: boolean;
  merged_into: string | null;
  flags: string[];
  agreements: { at: string; caseId: string }[];
  erased: boolean;
}

export const personTable: Table<PersonRow> = {
  name: 'person_summary',
  key: ['stream_id'],
  columns: [
    'stream_id',
    'version',
    'sex',
    'age_band',
    'province',
    'district',
    'synthetic',
    'merged_into',
    'flags',
    'agreements',
    'erased',
  ],
};

/** What may stand in clear of a person, as a pure function of the state. */
export function personRow(
  id: string,
  { version, facts, merged, flags, agreements, erased }: PersonState,
): PersonRow | undefined {
  if (facts === undefined) return undefined;
  return {
    stream_id: id,
    version,
    sex: facts.sex,
    age_band: facts.ageBand,
    province: facts.province ?? null,
    district: facts.district ?? null,
    synthetic: facts.synthetic,
    merged_into: merged?.into ?? null,
    flags: [...new Set(flags.map(({ kind }) => kind))].sort(),
    agreements: agreements.map(({ caseId, at }) => ({ at, caseId })),
    erased,
  };
}
