export type * from './commands.js';
export { decideFacility } from './decide.js';
export type * from './events.js';
export { evolveFacility, noFacility } from './evolve.js';
export {
  closingStates,
  inspectionDeadlines,
  registerOf,
  type FacilityContext,
  type FacilityRegister,
} from './register.js';
export { isAccused, type Accusation, type FacilityState, type KnownFacility, type NoFacility } from './state.js';
