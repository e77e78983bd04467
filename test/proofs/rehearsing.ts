import { coveringWalks, Impossible, Random, type Visit } from '#libs/demonstration';
import { loadPathways } from '#libs/pathway-files';
import type { Pathway } from '#libs/pathways';

export const pathways = loadPathways();

/** Each pathway that the product ships, by its id. */
export const shipped: [string, Pathway][] = pathways.all().map((pathway) => [pathway.definition.id, pathway]);

/** A Monday morning in Phnom Penh; no holiday is near. */
export const BEGINNING = '2025-06-02T02:00:00.000Z';

/** Shows many states that a case can come to, those after every transition among them. */
export function visitStates(pathway: Pathway, visit: Visit, registry = pathways): void {
  coveringWalks(pathway, registry, new Random(`states of ${pathway.definition.id}`), BEGINNING, visit);
}

/** @throws Impossible */
export function impossible(why: string): never {
  throw new Impossible(why);
}
