import type { RecordedChild } from './children.js';
import { khmerVariant } from './dirt.js';

/** Children in residential care live in 300 facilities. */
const FACILITIES = 300;

export const rosterColumns = [
  ...['facility', 'rosterNumber', 'familyNameKm', 'givenNameKm', 'familyNameLatin', 'givenNameLatin'],
  ...['nickname', 'sex', 'birthDate'],
] as const;

/** The child's line on the roster of a facility, in the order of the columns. */
export function rosterRow({ number, child, dirt }: RecordedChild): (string | undefined)[] {
  const { identity, facts } = child.details;
  const khmer = (name = ''): string => dirt.spoil(10, 'Khmer name', name, () => khmerVariant(name, dirt));
  return [
    `RCF-${(number % FACILITIES) + 1}`,
    `SYN-${number}`,
    khmer(identity.familyNameKm),
    khmer(identity.givenNameKm),
    identity.familyNameLatin,
    identity.givenNameLatin,
    'SYNTHETIC',
    facts.sex,
    child.birthDate,
  ];
}
