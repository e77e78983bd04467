import { registerOf, type FacilityRegister } from '#libs/cases';
import { pathwayKey, type ResidenceDefinition } from '#libs/pathways';
import type { PathwayRegistry } from './registry.js';

/** The register of facilities in force, and the pathway that keeps it. */
export interface RegisterInForce {
  /** Key of the pathway under which new cases of children in facilities begin. */
  pathway: string;
  register: FacilityRegister;
  residence: ResidenceDefinition | undefined;
}

/** No published pathway keeps a register of facilities. */
export class NoFacilityRegister extends Error {
  override readonly name = 'NoFacilityRegister';
}

/**
 * The register of the newest version that keeps one. A facility outlives many versions of the law, so it is not pinned
 * to the one under which it was registered.
 *
 * @throws NoFacilityRegister
 */
export function registerInForce(registry: PathwayRegistry): RegisterInForce {
  const ids = new Set(registry.all().map(({ definition }) => definition.id));
  for (const id of ids) {
    const { definition } = registry.current(id);
    const register = registerOf(definition);
    if (register !== undefined) return { pathway: pathwayKey(definition), register, residence: definition.residence };
  }
  throw new NoFacilityRegister('no pathway keeps a register of facilities');
}
