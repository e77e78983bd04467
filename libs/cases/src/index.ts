export type * from './actor.js';
export type * from './commands.js';
export { holds } from './conditions/holds.js';
export { missingConsent, missingForSharing } from './consents/in-force.js';
export {
  alone,
  viewOf,
  type PersonCircumstances,
  type DecideContext,
  type StaffFacts,
  type Step,
  type View,
} from './context.js';
export { decide } from './decide.js';
export { deadlineDefinitions } from './deadlines/definitions.js';
export type * from './events.js';
export { evolve, fold, noCase, type Recorded } from './evolve.js';
export { nextSteps, type NextStep } from './next-steps.js';
export type { Outcome } from './outcome.js';
export * from './person/decide-person.js';
export * from './person/details.js';
export { matchOf, WORTH_A_LOOK, type Match, type MatchReason } from './person/matching.js';
export * from './person/person.js';
export type * from './refusal.js';
export type * from './sealed.js';
export type * from './state.js';
