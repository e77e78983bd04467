import { localDateOf, plus, type Instant, type LocalDate } from '#libs/calendar';
import { ageBandOf, type PersonDetails, type Sex } from '#libs/cases';
import { familyNames, givenNames } from './names.js';
import { provinces, type WeightOfProvince } from './provinces.js';
import type { Random } from './random.js';
import { staffedProvinces } from './directory.js';

/** A made-up child, and what of them the case itself knows. */
export interface Child {
  personId: string;
  details: PersonDetails;
  birthDate: LocalDate;
  /** In years, when the case is opened. */
  age: number;
  province: string;
  district: string;
}

/** Who the children of a pathway are: ages in years and their weights, share of girls in percent, where they live. */
interface Population {
  ages: readonly (readonly [age: number, weight: number])[];
  girls: number;
  weights: WeightOfProvince;
}

const everyChild: Population = { ages: range(1, 17), girls: 48, weights: 'ocsea' };

/** Assumed mixes; ages at the time of the report, of the alleged offence, and in residential care. */
const populations: Record<string, Population> = {
  A_OCSEA: {
    ages: [
      [9, 3],
      [10, 3],
      [11, 2],
      [12, 9],
      [13, 14],
      [14, 17],
      [15, 20],
      [16, 18],
      [17, 14],
    ],
    girls: 68,
    weights: 'ocsea',
  },
  B_DIVERSION: {
    ages: [
      [14, 5],
      [15, 13],
      [16, 28],
      [17, 54],
    ],
    girls: 4,
    weights: 'detained',
  },
  C_REINTEGRATION: {
    ages: [
      [2, 3],
      [4, 5],
      [7, 8],
      [9, 9],
      [10, 8],
      [11, 8],
      [12, 8],
      [13, 7],
      [14, 10],
      [15, 10],
      [16, 10],
      [17, 8],
      [18, 6],
    ],
    girls: 47,
    weights: 'residential',
  },
};

/** @param age in years; absent: by the population's mix */
export function someChild(random: Random, pathway: string | undefined, at: Instant, age?: number): Child {
  const population = (pathway === undefined ? undefined : populations[pathway]) ?? everyChild;
  const years = age ?? random.weighted(population.ages);
  const sex: Sex = random.chance(population.girls / 100) ? 'female' : 'male';
  const province = random.weighted(
    provinces
      .filter(({ code }) => staffedProvinces.includes(code))
      .map((each) => [each.code, each[population.weights]]),
  );
  const district = `${province}0${random.integer(1, 4)}`;
  const birthDate = localDateOf(plus(plus(at, `-P${years}Y`, 'UTC'), `-P${random.integer(5, 300)}D`, 'UTC'), 'UTC');
  const [familyNameKm, familyNameLatin] = random.pick(familyNames);
  const [givenNameKm, givenNameLatin] = random.pick(givenNames);
  return {
    personId: random.id(),
    birthDate,
    age: years,
    province,
    district,
    details: {
      facts: { sex, ageBand: ageBandOf(years), province, district, synthetic: true },
      identity: {
        familyNameKm,
        givenNameKm,
        familyNameLatin,
        givenNameLatin,
        birthDate,
        ...(random.chance(0.6) ? { phone: impossiblePhone(random) } : {}),
      },
      location: { locationCode: district },
    },
  };
}

/** No Cambodian number begins with 00, so nobody is ever called by mistake. */
function impossiblePhone(random: Random): string {
  const group = () => String(random.integer(0, 999)).padStart(3, '0');
  return `+855 00 ${group()} ${group()}`;
}

function range(from: number, to: number): [number, number][] {
  return Array.from({ length: to - from + 1 }, (_, index) => [from + index, 1]);
}
