import type { Random } from '../random.js';

/**
 * Chance that spoils data as people and systems do, and remembers what it spoiled. The shares come from what the live
 * exchange between Primero and OSCaR shows; their sizes are assumed.
 */
export class Dirt {
  readonly random: Random;
  /** Names of the defects so far. */
  readonly defects: string[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  /** The clean value, or in so many of 100 cases a spoiled one. */
  spoil<Clean, Spoiled>(percent: number, defect: string, clean: Clean, spoiled: () => Spoiled): Clean | Spoiled {
    if (!this.happens(percent, defect)) return clean;
    return spoiled();
  }

  happens(percent: number, defect: string): boolean {
    const happened = this.random.chance(percent / 100);
    if (happened) this.defects.push(defect);
    return happened;
  }
}

/** Ways to write one Khmer name that look alike: an invisible space, an old vowel, a subscript of the same shape. */
export function khmerVariant(name: string, { random }: Dirt): string {
  const ways = [
    name.replace(/(?<=.)(?=[\u1780-\u17a2][^\u17d2])/u, '\u200b'),
    name.replace('អ', 'ឣ'),
    name.replace('្ត', '្ដ'),
    `${name}\u200b`,
  ];
  return random.pick(ways.filter((way) => way !== name));
}

/** Spellings that stand for the same sound in Latin letters; no standard rules which. */
const sameSound = [
  ['ph', 'f'],
  ['ea', 'ie'],
  ['ch', 'j'],
  ['ou', 'u'],
  ['oeu', 'eu'],
  ['y', 'i'],
  ['v', 'w'],
  ['k', 'c'],
  ['n', 'nn'],
  ['a', 'ar'],
  ['m', 'mm'],
] as const;

export function latinVariant(name: string, { random }: Dirt): string {
  const ways = sameSound.flatMap(([one, other]) => {
    const way = name.toLowerCase().replace(one, other);
    return way === name.toLowerCase() ? [] : [`${way.charAt(0).toUpperCase()}${way.slice(1)}`];
  });
  return ways.length > 0 ? random.pick(ways) : `${name}h`;
}

/** A phone number as it should be, or a placeholder, or one that lost its end. */
export const phoneIn = (dirt: Dirt, phone: string): string =>
  dirt.spoil(10, 'phone', phone, () => dirt.random.pick(['000000000', phone.slice(0, 9)]));

/** A birth date as it is known: to the day, to the year, not at all, or as nobody can be born. */
export function birthDateIn(dirt: Dirt, birthDate: string): string | undefined {
  const [year = ''] = birthDate.split('-');
  if (dirt.happens(0.3, 'birth date impossible')) return dirt.random.pick([`2${birthDate}`, '2031-05-17']);
  if (dirt.happens(8, 'birth date missing')) return undefined;
  return dirt.spoil(22, 'birth date of the year alone', birthDate, () => `${year}-01-01`);
}

/** The gazetteer code of where the child lives: village, district or province, or nothing. */
export function locationIn(dirt: Dirt, district: string): string | undefined {
  const village = `${district}0${dirt.random.integer(1, 6)}0${dirt.random.integer(1, 9)}`;
  if (dirt.happens(6, 'location missing')) return undefined;
  if (dirt.happens(9.6, 'location of the province alone')) return district.slice(0, 2);
  return dirt.random.chance(0.12) ? district : village;
}
