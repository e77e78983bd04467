import { ageOn, type LocalDate } from '#libs/calendar';
import { ageBandOf, type PersonDetails, type PersonIdentity, type Sex } from '#libs/cases';
import { districtOf, provinceOf, readLocationCode } from './location.js';
import type { ScriptedName } from './names.js';
import { present } from './objects.js';
import type { Reading } from './reading.js';

export interface ReceivedPerson {
  given: ScriptedName;
  family: ScriptedName;
  nickname?: string | undefined;
  sex: Sex | undefined;
  birthDate: LocalDate | undefined;
  birthEstimated?: boolean | undefined;
  /** Age in years, as told; counts only where no birth date is known. */
  age?: number | undefined;
  mosvyNumber: string | undefined;
  phone?: string | undefined;
  locationCode: string | undefined;
  addressCode?: string | undefined;
  address?: string | undefined;
}

/** A child as another system tells of it. A one-word name stands as the given name (reference 15). */
export function personDetails(received: ReceivedPerson, today: LocalDate): PersonDetails {
  const { sex, birthDate, age, locationCode, address } = received;
  const addressCode = received.addressCode === locationCode ? undefined : received.addressCode;
  const code = locationCode ?? addressCode;
  return {
    facts: {
      sex: sex ?? 'unknown',
      ageBand: ageBandOf(birthDate === undefined ? age : ageOn(birthDate, today)),
      ...present({
        province: code === undefined ? undefined : provinceOf(code),
        district: code === undefined ? undefined : districtOf(code),
      }),
      synthetic: false,
    },
    identity: identityOf(received),
    location: present({ locationCode, addressCode, address }),
  };
}

/** What a system left out is not news: an absent field never erases what is known. */
export function mergedDetails(known: PersonDetails, received: PersonDetails): PersonDetails {
  return {
    facts: {
      ...known.facts,
      ...received.facts,
      sex: received.facts.sex === 'unknown' ? known.facts.sex : received.facts.sex,
      ageBand: received.facts.ageBand === 'unknown' ? known.facts.ageBand : received.facts.ageBand,
      synthetic: known.facts.synthetic,
    },
    identity: { ...known.identity, ...received.identity },
    location: { ...known.location, ...received.location },
  };
}

/** What a system says of a child now and did not say before. */
export function changedDetails(before: PersonDetails, now: PersonDetails): PersonDetails {
  const { sex, ageBand, ...facts } = now.facts;
  return {
    facts: {
      ...changed(before.facts, facts),
      sex: sex === before.facts.sex ? 'unknown' : sex,
      ageBand: ageBand === before.facts.ageBand ? 'unknown' : ageBand,
      synthetic: now.facts.synthetic,
    },
    identity: changed(before.identity, now.identity),
    location: changed(before.location, now.location),
  };
}

const changed = <Fields extends object>(before: Fields, now: Partial<Fields>): Partial<Fields> =>
  Object.fromEntries(
    Object.entries(now).filter(([field, value]) => before[field as keyof Fields] !== value),
  ) as Partial<Fields>;

/** The birth date, unless it is none or lies ahead; both are findings. */
export function readBirthDate(reading: Reading, field: string, today: LocalDate): LocalDate | undefined {
  const date = reading.date(field);
  if (date === undefined || date <= today) return date;
  reading.finding(field, 'in the future');
  return undefined;
}

export const locationCodeIn = (reading: Reading, field: string): string | undefined =>
  reading.option(field, readLocationCode, 'not a location code');

function identityOf({
  given,
  family,
  nickname,
  birthDate,
  birthEstimated,
  mosvyNumber,
  phone,
}: ReceivedPerson): PersonIdentity {
  const [first, last] = isEmpty(given) ? [family, given] : [given, family];
  return present({
    familyNameKm: last.km,
    givenNameKm: first.km,
    familyNameLatin: last.latin,
    givenNameLatin: first.latin,
    nickname,
    birthDate,
    birthEstimated,
    mosvyNumber,
    phone,
  });
}

const isEmpty = (name: ScriptedName): boolean => name.km === undefined && name.latin === undefined;
