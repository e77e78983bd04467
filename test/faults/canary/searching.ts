import { canaries, planted } from './canaries.js';
import { Needles, type Hit } from './needles.js';
import type { Place } from './places.js';

export interface Search {
  readonly bytes: number;
  /** Of words about the child, each kind of word and encoding once. */
  readonly hits: readonly Hit[];
  /** Whether the word that was planted there was found. */
  readonly plantedFound: boolean;
}

/**
 * Looks for every word about the child, and for the planted one, in every place.
 *
 * @param secrets other words that must be nowhere, by what they are
 */
export async function searched(
  places: Readonly<Record<string, Place>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<Record<string, Search>> {
  const words = new Needles({ ...canaries, ...secrets });
  const control = new Needles({ planted });
  const found: Record<string, Search> = {};
  for (const [name, place] of Object.entries(places)) {
    const hits = new Map<string, Hit>();
    let [bytes, plantedFound] = [0, false];
    for await (const piece of place) {
      bytes += piece.length;
      for (const hit of words.in(piece)) hits.set(JSON.stringify(hit), hit);
      plantedFound ||= control.in(piece).length > 0;
    }
    found[name] = { bytes, hits: [...hits.values()], plantedFound };
  }
  return found;
}

export const plantedEverywhere = (places: Record<string, Search>): boolean =>
  Object.values(places).every(({ plantedFound }) => plantedFound);

export const foundNowhere = (places: Record<string, Search>): boolean =>
  Object.values(places).every(({ hits }) => hits.length === 0);
