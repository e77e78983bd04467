import type { LocalDate } from '#libs/calendar';

/** What an agency offers: one service, where, in which languages, to how many children at a time, from when to when. */
export interface ServiceDetails {
  agency: string;
  service: string;
  /** Whole provinces, by two digits. */
  provinces: string[];
  /** Districts, by four digits. */
  districts: string[];
  languages: string[];
  /** Brings an interpreter for any other language. */
  interpreter: boolean;
  capacity: number;
  startsOn: LocalDate;
  /** The last day; null while no end is known. */
  endsOn: LocalDate | null;
  paused: boolean;
}

export type ServiceEntry = ServiceDetails & { entryId: string; version: number };

/** What may stand in clear of a carer: enough for a match, not enough to find the family. */
export interface CarerDetails {
  /** Kinds of care that the carer is approved for. */
  kinds: string[];
  assessedOn: LocalDate;
  approvedUntil: LocalDate;
  /** Children at a time. */
  capacity: number;
  province: string;
  district: string;
  languages: string[];
  paused: boolean;
}

/** Names and address, which are sealed with keys of the carer's own. */
export interface CarerWords {
  identity: CarerIdentity;
  location: CarerLocation;
}

export interface CarerIdentity {
  familyNameKm?: string;
  givenNameKm?: string;
  familyNameLatin?: string;
  givenNameLatin?: string;
  phone?: string;
}

export interface CarerLocation {
  locationCode?: string;
  address?: string;
}

export type CarerEntry = CarerDetails & {
  carerId: string;
  version: number;
  synthetic: boolean;
  /** Children who live there, by their open cases. */
  placed: number;
};

/** One field that can't be as it is said to be. */
export interface EntryProblem {
  field: string;
  code: 'missing' | 'invalid' | 'out_of_range';
}

/** The entry, whole, can't be as it would be: every field that is wrong. */
export class InvalidEntry extends Error {
  override readonly name = 'InvalidEntry';

  constructor(readonly problems: readonly EntryProblem[]) {
    super(problems.map(({ field, code }) => `${field} ${code}`).join('; '));
  }
}

/** @throws InvalidEntry */
export function assertService({ provinces, districts, startsOn, endsOn }: ServiceDetails): void {
  assertNone([
    ...(provinces.length + districts.length === 0 ? [{ field: 'districts', code: 'missing' as const }] : []),
    ...(endsOn !== null && endsOn < startsOn ? [{ field: 'endsOn', code: 'out_of_range' as const }] : []),
  ]);
}

/** @throws InvalidEntry */
export function assertCarer({ kinds, assessedOn, approvedUntil, province, district }: CarerDetails): void {
  assertNone([
    ...(kinds.length === 0 ? [{ field: 'kinds', code: 'missing' as const }] : []),
    ...(approvedUntil < assessedOn ? [{ field: 'approvedUntil', code: 'out_of_range' as const }] : []),
    ...(district.startsWith(province) ? [] : [{ field: 'district', code: 'invalid' as const }]),
  ]);
}

function assertNone(problems: EntryProblem[]): void {
  if (problems.length > 0) throw new InvalidEntry(problems);
}
