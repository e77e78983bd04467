import { localDateOf, plus, startOfDay, type Instant } from '#libs/calendar';
import { someChild, type Child } from '../people.js';
import { provinces } from '../provinces.js';
import type { Random } from '../random.js';
import { Dirt } from './dirt.js';

/** How many children a set holds, and where they live. */
export interface RecordSet {
  children: number;
  /** Codes of the provinces. */
  provinces: readonly string[];
}

/** `province`: one, as its office sees it. `national`: 29,000 open cases and 60,000 closed ones (the model of a year). */
export const recordSets: Readonly<Record<'province' | 'national', RecordSet>> = {
  province: { children: 1_200, provinces: ['17'] },
  national: { children: 89_000, provinces: provinces.map(({ code }) => code) },
};

/** Who holds a record of the child, in percent: 4 are in both systems without an id that says so; the rest is assumed. */
const holders: readonly (readonly [Pick<RecordedChild, 'systems' | 'linked'>, number])[] = [
  [{ systems: ['primero'], linked: false }, 60],
  [{ systems: ['oscar'], linked: false }, 24],
  [{ systems: ['primero', 'oscar'], linked: true }, 12],
  [{ systems: ['primero', 'oscar'], linked: false }, 4],
];

/** Cases open at any time, in thousands: survivors, in conflict with the law, in residential care, others. */
const pathways = [
  ['A_OCSEA', 4.2],
  ['B_DIVERSION', 4.2],
  ['C_REINTEGRATION', 13],
  [undefined, 7.5],
] as const;

/** A child of whom other systems hold records, and what became of these on the way. */
export interface RecordedChild {
  number: number;
  child: Child;
  pathway: string | undefined;
  systems: readonly ('primero' | 'oscar')[];
  /** Whether both records carry the same id. */
  linked: boolean;
  /** A twin, or a neighbour of the same name: another child, who must stay one. */
  besides: 'twin' | 'same name' | undefined;
  registeredAt: Instant;
  dirt: Dirt;
}

/** The day on which the records stand as they are. */
export const RECORDED_ON: Instant = '2026-11-24T03:00:00.000Z';

/** The children of a set, one at a time: a set need not fit into memory. */
export function* recordedChildren(set: RecordSet, random: Random): Generator<RecordedChild> {
  for (let number = 0; number < set.children; number += 1) {
    const own = random.fork(`child ${number}`);
    const recorded = recordedChild(number, set, own);
    yield recorded;
    if (own.chance(0.005) && number + 1 < set.children) {
      number += 1;
      yield alike(recorded, number, random.fork(`child ${number}`));
    }
  }
}

function recordedChild(number: number, set: RecordSet, random: Random): RecordedChild {
  const pathway = random.weighted(pathways);
  const registeredAt = plus(RECORDED_ON, `-PT${random.integer(24, 548 * 24)}H`, 'UTC');
  const { systems, linked } = random.weighted(holders);
  const child = livingIn(random.pick(set.provinces), someChild(random, pathway, registeredAt), random);
  return { number, child, pathway, systems, linked, besides: undefined, registeredAt, dirt: new Dirt(random) };
}

function livingIn(province: string, child: Child, random: Random): Child {
  const district = `${province}0${random.integer(1, 4)}`;
  return { ...child, province, district };
}

/** Same name and place; a twin has the same birthday, too. */
function alike({ child, ...recorded }: RecordedChild, number: number, random: Random): RecordedChild {
  const twin = random.chance(0.5);
  const twoYearsOlder = localDateOf(plus(startOfDay(child.birthDate, 'UTC'), '-P2Y', 'UTC'), 'UTC');
  const birthDate = twin ? child.birthDate : twoYearsOlder;
  const dirt = new Dirt(random);
  return {
    ...recorded,
    number,
    dirt,
    besides: twin ? 'twin' : 'same name',
    child: { ...child, personId: random.id(), birthDate },
  };
}
