import { canonicalPhone, namesOf, type NameForms } from '#libs/names';
import type { PersonDetails } from './details.js';

/** What speaks for or against two records being of one child, with its weight. */
export type LikenessReason =
  | 'same_number'
  | 'same_name'
  | 'name_sounds_alike'
  | 'name_alike_in_both_scripts'
  | 'same_birth_date'
  | 'birth_date_day_and_month_swapped'
  | 'same_birth_year'
  | 'birth_year_off_by_one'
  | 'other_birth_year'
  | 'other_sex'
  | 'same_phone'
  | 'same_village_or_commune'
  | 'same_district';

/** Weights are assumed; they order candidates for a person to look at, and decide nothing (pathways 9, GR-AI). */
const weights: Record<LikenessReason, number> = {
  same_number: 1,
  same_name: 0.5,
  name_sounds_alike: 0.4,
  name_alike_in_both_scripts: 0.35,
  same_birth_date: 0.35,
  birth_date_day_and_month_swapped: 0.25,
  same_birth_year: 0.15,
  birth_year_off_by_one: 0.05,
  other_birth_year: -0.3,
  other_sex: -0.3,
  same_phone: 0.2,
  same_village_or_commune: 0.1,
  same_district: 0.05,
};

/** From here on two records are shown as possibly of one child. Assumed. */
export const WORTH_A_LOOK = 0.5;

export interface Likeness {
  /** Between 0 and 1. */
  score: number;
  reasons: LikenessReason[];
}

/** How far two records look like one child's: names in either script and any spelling, birth date, sex and home. */
export function likenessOf(one: PersonDetails, other: PersonDetails): Likeness {
  const reasons = [
    ...numberReasons(one, other),
    ...nameReasons(namesOf(one.identity), namesOf(other.identity)),
    ...birthReasons(one.identity.birthDate, other.identity.birthDate),
    ...sexReasons(one, other),
    ...homeReasons(one, other),
  ];
  const sum = reasons.reduce((total, reason) => total + weights[reason], 0);
  return { score: Math.round(Math.min(Math.max(sum, 0), 1) * 100) / 100, reasons };
}

function numberReasons({ identity: one }: PersonDetails, { identity: other }: PersonDetails): LikenessReason[] {
  return [
    ...(isSame(canonicalNumber(one.mosvyNumber), canonicalNumber(other.mosvyNumber)) ? (['same_number'] as const) : []),
    ...(isSame(canonicalPhone(one.phone ?? ''), canonicalPhone(other.phone ?? '')) ? (['same_phone'] as const) : []),
  ];
}

/** The closest that any form comes; how a name is written in one script says nothing against it in the other. */
function nameReasons(one: NameForms, other: NameForms): LikenessReason[] {
  if (isSame(one.khmer, other.khmer) || isSame(one.latin, other.latin)) return ['same_name'];
  if (isSame(one.sound, other.sound)) return ['name_sounds_alike'];
  return one.skeletons.some((each) => other.skeletons.includes(each)) ? ['name_alike_in_both_scripts'] : [];
}

function birthReasons(one: string | undefined, other: string | undefined): LikenessReason[] {
  if (one === undefined || other === undefined) return [];
  if (one.length === 10 && one === other) return ['same_birth_date'];
  const [year, month, day] = one.split('-');
  if (other.length === 10 && other === [year, day, month].join('-')) return ['birth_date_day_and_month_swapped'];
  const apart = Math.abs(Number(year) - Number(other.slice(0, 4)));
  if (apart === 0) return ['same_birth_year'];
  return [apart === 1 ? 'birth_year_off_by_one' : 'other_birth_year'];
}

function sexReasons({ facts: one }: PersonDetails, { facts: other }: PersonDetails): LikenessReason[] {
  const known = one.sex !== 'unknown' && other.sex !== 'unknown';
  return known && one.sex !== other.sex ? ['other_sex'] : [];
}

function homeReasons(one: PersonDetails, other: PersonDetails): LikenessReason[] {
  if (isSame(one.location.locationCode, other.location.locationCode)) return ['same_village_or_commune'];
  return isSame(one.facts.district, other.facts.district) ? ['same_district'] : [];
}

/** As the index has it. */
const canonicalNumber = (text: string | undefined): string | undefined => text?.replace(/\W/gu, '').toUpperCase();

const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one !== '' && one === other;
