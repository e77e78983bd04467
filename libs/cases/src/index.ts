export type * from './actor.js';
export type * from './commands.js';
export { supervises } from './commands/supervisors.js';
export { holds } from './conditions/holds.js';
export type { ConsentContext } from './consents/matrix.js';
export { missingConsent, missingForSharing } from './consents/in-force.js';
export { holdsLink } from './content.js';
export {
  alone,
  sharesNothing,
  viewOf,
  type PersonCircumstances,
  type Sharing,
  type DecideContext,
  type FacilitySnapshot,
  type StaffFacts,
  type Step,
  type View,
} from './context.js';
export { decide } from './decide.js';
export { deadlineDefinitions } from './deadlines/definitions.js';
export type * from './events.js';
export * from './facility/index.js';
export { evolve, fold, noCase } from './evolve.js';
export * from './matching/carers.js';
export type { Match, MatchReason } from './matching/fit.js';
export * from './matching/providers.js';
export * from './matching/workers.js';
export { nextSteps, type NextStep } from './next-steps.js';
export type { Outcome } from './outcome.js';
export { behindSeal, isSealed, sealOf } from './seals/seal.js';
export type { PersonCase, PersonContext } from './person/context.js';
export { decidePerson } from './person/decide-person.js';
export * from './person/details.js';
export { likenessOf, WORTH_A_LOOK, type Likeness, type LikenessReason } from './person/likeness.js';
export * from './person/person.js';
export type * from './refusal.js';
export { watchlistsOf } from './reports/watchlists.js';
export { carerOf } from './reports/carer.js';
export * from './reports/recidivism.js';
export { isSmall, suppressed, type Cell, type Line } from './reports/small-numbers.js';
export type * from './sealed.js';
export type * from './state.js';
export { unmet } from './texts.js';
