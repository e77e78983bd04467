import { pathwayKey, type CommonDefinition, type Pathway } from '#libs/pathways';
import { UnknownPathway } from './errors.js';
import { readDefinitions, type DefinitionFiles } from './read-files.js';

/** The published pathways, by the key that cases are pinned to. */
export interface PathwayRegistry {
  common: CommonDefinition;
  /** The version with this key (`A_OCSEA@1.0.0`), if there is one. */
  find(key: string): Pathway | undefined;
  /** @throws UnknownPathway when no version has this key. */
  get(key: string): Pathway;
  /** The version new cases begin under. @throws UnknownPathway */
  current(id: string): Pathway;
  /** Every version of every pathway. */
  all(): readonly Pathway[];
}

/**
 * Reads, lints and indexes the definitions of a folder; by default those the product ships.
 *
 * @throws InvalidDefinition when one has an error.
 */
export const loadPathways = (folder?: string): PathwayRegistry => registryOf(readDefinitions(folder));

/** @throws Error when two files hold the same version of a pathway. */
export function registryOf({ common, pathways }: DefinitionFiles): PathwayRegistry {
  const byKey = new Map<string, Pathway>();
  for (const { name, definition } of pathways) {
    const key = pathwayKey(definition);
    if (byKey.has(key)) {
      throw new Error(`${name}.yaml holds ${key}, which another file holds already`);
    }
    byKey.set(key, { definition, common });
  }
  return {
    common,
    find: (key) => byKey.get(key),
    get: (key) => known(byKey.get(key), key),
    current: (id) => known(latest([...byKey.values()].filter(({ definition }) => definition.id === id)), id),
    all: () => [...byKey.values()],
  };
}

function known(pathway: Pathway | undefined, key: string): Pathway {
  if (pathway === undefined) {
    throw new UnknownPathway(key);
  }
  return pathway;
}

const latest = (versions: readonly Pathway[]): Pathway | undefined =>
  versions.toSorted((one, other) => compareVersions(other.definition.version, one.definition.version))[0];

function compareVersions(one: string, other: string): number {
  const others = other.split('.').map(Number);
  return one.split('.').reduce((order, part, index) => order || Number(part) - (others[index] ?? 0), 0);
}
