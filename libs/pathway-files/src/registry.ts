import type { Instant } from '#libs/calendar';
import { isNewer, pathwayKey, type CommonDefinition, type Pathway } from '#libs/pathways';
import { UnknownPathway } from './errors.js';
import { readDefinitions, type DefinitionFiles } from './read-files.js';

/** When and where a case begins. */
export interface Beginning {
  at: Instant;
  province?: string | undefined;
}

/** The published pathways, by the key that cases are pinned to. */
export interface PathwayRegistry {
  common: CommonDefinition;
  /** The version with this key (`A_OCSEA@1.0.0`), if there is one. */
  find(key: string): Pathway | undefined;
  /** @throws UnknownPathway when no version has this key. */
  get(key: string): Pathway;
  /** The version new cases begin under. @throws UnknownPathway */
  current(id: string): Pathway;
  /**
   * The version that a case begins under at a moment in a province, with the numbers of the province. `name` is the id of
   * a pathway, or the key of the version that must be in force then; undefined when there is none.
   */
  begins(name: string, when: Beginning): Pathway | undefined;
  /** Makes sure that all that was published by now is known, whoever published it. */
  refresh(): Promise<void>;
  /** Every version of every pathway. */
  all(): readonly Pathway[];
}

/** A version that another process published a moment ago is loaded before anything is said or decided by it. */
export async function makeKnown(registry: PathwayRegistry, key: string | undefined): Promise<void> {
  if (key !== undefined && registry.find(key) === undefined) await registry.refresh();
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
  const current = (id: string): Pathway | undefined =>
    latest([...byKey.values()].filter(({ definition }) => definition.id === id));
  return {
    common,
    find: (key) => byKey.get(key),
    get: (key) => known(byKey.get(key), key),
    current: (id) => known(current(id), id),
    begins: (name) => byKey.get(name) ?? current(name),
    refresh: () => Promise.resolve(),
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
  versions.toSorted((one, other) => (isNewer(one.definition.version, other.definition.version) ? -1 : 1))[0];
