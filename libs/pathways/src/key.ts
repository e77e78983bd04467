import type { PathwayDefinition } from './definition.js';

/** How a case names the version it is pinned to: `A_OCSEA@1.0.0`. */
export function pathwayKey(definition: Pick<PathwayDefinition, 'id' | 'version'>): string {
  return `${definition.id}@${definition.version}`;
}

/** Id and version of a key: `A_OCSEA@1.0.0`. The version is undefined where only an id was given. */
export function partsOfKey(key: string): { id: string; version: string | undefined } {
  const [id = key, version] = key.split('@');
  return { id, version };
}

/** Whether a version is newer than another by its numbers: 1.10.0 than 1.9.0. Overlays count by what they are laid over. */
export function isNewer(version: string, other: string): boolean {
  const [one, two] = [numbersOf(version), numbersOf(other)];
  return one.reduce((order, part, index) => order || part - (two[index] ?? 0), 0) > 0;
}

const numbersOf = (version: string): number[] => (version.split('+')[0] ?? version).split('.').map(Number);
