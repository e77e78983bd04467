import { localDateOf, plus, type Instant } from '#libs/calendar';
import type { FactDefinition, FactValue, PathwayDefinition } from '#libs/pathways';
import { residentialCare } from './facilities.js';
import type { Child } from './people.js';
import type { Random } from './random.js';

interface Circumstances {
  random: Random;
  child: Child;
  now: Instant;
  /** What is known already; a fact may depend on those that the pathway lists before it. */
  known?: Readonly<Record<string, FactValue>>;
}

type Maker = (circumstances: Circumstances) => FactValue | undefined;

const often =
  (probability: number): Maker =>
  ({ random }) =>
    random.chance(probability) ? true : undefined;

/** Between two hours and a day and a half ago. */
const recently = ({ random, now }: Circumstances): Instant =>
  plus(plus(now, '-PT2H', 'UTC'), `-PT${random.integer(0, 30)}H`, 'UTC');

/**
 * What is known of a case on its first day, by the name of the fact: shares are assumed (birth certificate missing 15 %,
 * disability 14 %, contact abuse 11 %, classes of offence 3, 55 and 42 %).
 */
const onTheFirstDay: Record<string, Maker> = {
  dangerFlag: ({ random }) => random.chance(0.15),
  contentOnly: () => false,
  contactAbuse: ({ random }) => random.chance(0.11),
  ageAtReport: ({ child }) => Math.min(child.age, 17),
  offenceClass: ({ random }) =>
    random.weighted([
      ['PETTY', 3],
      ['MISD', 55],
      ['FEL', 42],
    ]),
  ageAtOffence: ({ child }) => child.age,
  admission: ({ random }) =>
    random.weighted([
      ['EXISTING', 85],
      ['NEW', 10],
      ['EMERGENCY', 5],
    ]),
  facilityId: () => residentialCare,
  // A new admission is only proposed on the first day.
  admittedAt: (circumstances) => (circumstances.known?.['admission'] === 'NEW' ? undefined : recently(circumstances)),
  admissionReason: ({ random, known }) =>
    known?.['admission'] === 'EXISTING' ? undefined : random.pick(['FAMILY_UNSAFE', 'NO_CAREGIVER', 'SUPPORT_MISSING']),
  birthRegistration: ({ random }) =>
    random.weighted([
      ['HELD', 85],
      ['MISSING', 15],
    ]),
  schoolAge: ({ child }) => child.age >= 6,
  underThree: ({ child }) => (child.age < 3 ? true : undefined),
  disability: often(0.14),
  siblingSplit: often(0.08),
};

/** Facts that a case of this pathway begins with, as far as it knows them. */
export function firstFacts(definition: PathwayDefinition, circumstances: Circumstances): Record<string, FactValue> {
  const known: Record<string, FactValue> = {};
  for (const name of Object.keys(definition.facts)) {
    const value = onTheFirstDay[name]?.({ ...circumstances, known });
    if (value !== undefined) known[name] = value;
  }
  return known;
}

/** A value that the fact may take, other than the one it has. */
export function someValue(
  name: string,
  { type, options, minimum, maximum }: FactDefinition,
  circumstances: Circumstances,
  present?: FactValue,
): FactValue | undefined {
  const made = onTheFirstDay[name]?.(circumstances);
  if (made !== undefined && made !== present) return made;
  const { random, now } = circumstances;
  switch (type) {
    case 'boolean':
      return present !== true;
    case 'code':
      return Object.keys(options ?? {}).find((code) => code !== present);
    case 'integer':
      return random.integer(minimum ?? 1, Math.min(maximum ?? 12, (minimum ?? 1) + 5));
    case 'instant':
      return now;
    case 'date':
      return localDateOf(plus(now, `P${random.integer(30, 150)}D`, 'UTC'), 'UTC');
    case 'text':
      return 'SYNTHETIC';
  }
}
