import type { Clock, Instant } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import { UnknownPathway, type Beginning, type PathwayRegistry } from '#libs/pathway-files';
import { isNewer, overlayVersion, partsOfKey, pathwayKey, type CommonDefinition, type Pathway } from '#libs/pathways';
import { readPublished } from './read-source.js';

/** Raised after a version was published, so that every process loads it at once. */
export const publishedChannel = 'pathway_published';

/** Calls over the channel may be lost; whoever waits for them looks by itself as often. */
const lookEveryMs = 10_000;

interface PublishedRow {
  pathway: string;
  version: string;
  source: string;
  effective_from: Instant;
}

/** A version with the moment from which cases begin under it; shipped ones always were in force. */
interface InForce {
  pathway: Pathway;
  from: Instant;
}

export interface PublishedPathwaysParts {
  database: Database;
  context: DatabaseContext;
  clock: Clock;
  /** The definitions that the product ships: the first versions, before anything was published. */
  shipped: PathwayRegistry;
}

const always: Instant = '0000-01-01T00:00:00.000Z';

/**
 * The pathways in force: those that the product ships, and those that were published since, from the database. What was
 * published never changes, so each version is read once; a process that meets a version it does not know looks again.
 */
export class PublishedPathways implements PathwayRegistry {
  readonly #parts: PublishedPathwaysParts;
  readonly #versions = new Map<string, InForce>();
  #refreshing: Promise<void> | undefined;

  private constructor(parts: PublishedPathwaysParts) {
    this.#parts = parts;
    for (const pathway of parts.shipped.all()) this.#add(pathway, always);
  }

  /** @throws DatabaseUnavailable */
  static async open(parts: PublishedPathwaysParts): Promise<PublishedPathways> {
    const pathways = new PublishedPathways(parts);
    await pathways.refresh();
    return pathways;
  }

  get common(): CommonDefinition {
    return this.#parts.shipped.common;
  }

  find(key: string): Pathway | undefined {
    return this.#versions.get(key)?.pathway;
  }

  get(key: string): Pathway {
    return known(this.find(key), key);
  }

  current(id: string): Pathway {
    return known(this.begins(id, { at: this.#parts.clock.now() }), id);
  }

  all(): readonly Pathway[] {
    return [...this.#versions.values()].map(({ pathway }) => pathway);
  }

  /** The version that cases begin under once all that was published is in force. */
  latest(id: string): Pathway | undefined {
    return this.#lastOf(({ definition }) => definition.id === id && overlayVersion(definition.version) === undefined);
  }

  begins(name: string, { at, province }: Beginning): Pathway | undefined {
    const { id, version } = partsOfKey(name);
    const base = this.#lastOf(
      ({ definition }) => definition.id === id && overlayVersion(definition.version) === undefined,
      at,
    );
    if (base === undefined || (version !== undefined && baseOf(version) !== base.definition.version)) return undefined;
    const overlay = this.#lastOf(({ definition }) => {
      const laid = overlayVersion(definition.version);
      return definition.id === id && laid?.base === base.definition.version && laid.province === province;
    }, at);
    return overlay ?? base;
  }

  /** One look at a time: whoever asks meanwhile waits for the next, because this one may have read too early. */
  async refresh(): Promise<void> {
    const before = this.#refreshing;
    const mine = (before ?? Promise.resolve()).catch(() => undefined).then(() => this.#load());
    this.#refreshing = mine;
    try {
      await mine;
    } finally {
      if (this.#refreshing === mine) this.#refreshing = undefined;
    }
  }

  /** Loads what other processes publish as soon as they do. @returns how to stop */
  watch(onTrouble: (error: unknown) => void): () => void {
    const look = () => void this.refresh().catch(onTrouble);
    const stopListening = this.#parts.database.signals.listen(publishedChannel, look);
    const timer = setInterval(look, lookEveryMs).unref();
    return () => {
      stopListening();
      clearInterval(timer);
    };
  }

  async #load(): Promise<void> {
    const { database, context } = this.#parts;
    const rows = await database.read(context, (queries) =>
      queries.query<PublishedRow>(
        'pathway_versions_published',
        `SELECT pathway, version, source, effective_from FROM pathway_versions
         WHERE tenant_id = $1 AND published_at IS NOT NULL AND pathway || '@' || version <> ALL ($2::text[])
         ORDER BY published_at, version`,
        [queries.context.tenant, [...this.#versions.keys()]],
      ),
    );
    for (const { pathway, version, source, effective_from: from } of rows) {
      const laid = overlayVersion(version);
      const base = laid && this.get(`${pathway}@${laid.base}`);
      this.#add(readPublished(source, this.common, base), from);
    }
  }

  #add(pathway: Pathway, from: Instant): void {
    this.#versions.set(pathwayKey(pathway.definition), { pathway, from });
  }

  /** Of those that fit and are in force: the one that came into force last. */
  #lastOf(fits: (pathway: Pathway) => boolean, at?: Instant): Pathway | undefined {
    let last: InForce | undefined;
    for (const each of this.#versions.values()) {
      if (!fits(each.pathway) || (at !== undefined && each.from > at)) continue;
      if (last === undefined || each.from > last.from || (each.from === last.from && isLater(each, last))) last = each;
    }
    return last?.pathway;
  }
}

const isLater = (one: InForce, other: InForce): boolean =>
  !isNewer(other.pathway.definition.version, one.pathway.definition.version);

const baseOf = (version: string): string => overlayVersion(version)?.base ?? version;

function known(pathway: Pathway | undefined, key: string): Pathway {
  if (pathway === undefined) throw new UnknownPathway(key);
  return pathway;
}
