import type { Random } from '../../simulators/shared/random.js';

/** An invented child. */
export interface Child {
  readonly given: string;
  readonly family: string;
  readonly sex: 'female' | 'male';
  readonly birthDate: string;
  /** A village of the province of the drill. */
  readonly location: string;
}

const syllables = ['Da', 'ra', 'Sok', 'ha', 'Chan', 'thy', 'Rith', 'vi', 'Pi', 'sey', 'Bo', 'pha', 'Kosal', 'Ma', 'ly'];

/** @param number keeps every two of them apart */
export function newChild(random: Random, number: number): Child {
  const name = () => Array.from({ length: 3 }, () => pick(random, syllables)).join('');
  const day = String(1 + Math.floor(random.next() * 28)).padStart(2, '0');
  return {
    given: `${name()} ${lettersOf(number)}`,
    family: name(),
    sex: random.next() < 0.5 ? 'female' : 'male',
    // Not yet twelve: somebody who cares for the child consents beside the child.
    birthDate: `2017-03-${day}`,
    location: '12110417',
  };
}

export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random.next() * items.length)] as Item;

/** Names hold no digits. */
const lettersOf = (number: number): string =>
  String(number).replaceAll(/\d/g, (digit) => 'bcdfghjklm'.charAt(Number(digit)));
