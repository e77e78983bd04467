import type { DeadlineDefinition, FacilityLife, PathwayDefinition } from '#libs/pathways';
import type { DeadlineContext } from '../context.js';

/** The rules of the register: those in force, whenever a facility was entered in it. */
export interface FacilityRegister {
  life: FacilityLife;
  deadlines: [id: string, definition: DeadlineDefinition][];
}

/** All that a decision on a facility may depend on besides the facility. */
export interface FacilityContext extends DeadlineContext {
  register: FacilityRegister;
  /** How many children live there by their cases. */
  residents: number;
}

/** The register that a pathway keeps, if it keeps one. */
export function registerOf({ facilities: life, deadlines }: PathwayDefinition): FacilityRegister | undefined {
  if (life === undefined) return undefined;
  return { life, deadlines: Object.entries(deadlines).filter(([, { subject }]) => subject === 'facility') };
}

/** Deadlines that an inspection renews. */
export function inspectionDeadlines({ deadlines }: FacilityRegister): string[] {
  const isRenewed = ({ renew = [] }: DeadlineDefinition) => renew.some(({ facility }) => facility?.inspected === true);
  return deadlines.filter(([, definition]) => isRenewed(definition)).map(([id]) => id);
}

/** States in which children wait for a decision before the facility closes. */
export function closingStates({ life }: FacilityRegister): string[] {
  return Object.keys(life.states).filter((code) => life.states[code]?.closing === true);
}
