import type { Evaluators } from './evaluators.js';

/** Conditions on what the register says of a facility. One that it does not know takes no child, and is not accused. */
export const facilityConditions: Evaluators<'facility' | 'facilityType'> = {
  facility: ({ fact, admits, accused }, { state, context }) => {
    const code = state.facts[fact];
    const found = typeof code === 'string' ? context.facility(code) : undefined;
    return found !== undefined && (admits !== true || found.admits) && (accused !== true || found.accused);
  },
  // A case is no kind of facility; lint keeps this to the deadlines of facilities.
  facilityType: () => false,
};
