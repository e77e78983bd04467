import { momentOfFact, momentsOf } from '../conditions/fact-moment.js';
import { deadlineConditions } from '../conditions/clocks.js';
import type { Carrier, Happening } from '../deadlines/carrier.js';
import type { Condition, FacilityDate, Trigger } from '#libs/pathways';
import type { Instant } from '#libs/calendar';
import type { FacilityEvent } from './events.js';
import { evolveFacility } from './evolve.js';
import type { FacilityContext } from './register.js';
import type { FacilityState, KnownFacility } from './state.js';

/** What carries the deadlines of a facility. */
export interface FacilityKind {
  book: KnownFacility;
  event: FacilityEvent;
  context: FacilityContext;
}

/** How a facility carries its deadlines: they are about the facility itself, and about nothing else. */
export const facilityCarrier: Carrier<FacilityKind> = {
  // The first event of a facility makes it known, and any other before that is none.
  evolve: (book, recorded) => evolveFacility(book as FacilityState, recorded) as KnownFacility,
  definitions: (_, { register }) => register.deadlines,
  momentsOf: ({ facility }, { event, context }) =>
    facility !== undefined && matches(facility, event)
      ? momentsOf(event.occurredAt, event.precision, context.calendar.zone)
      : undefined,
  holds: facilityHolds,
  dateOf: (name, book, { calendar }) => momentOfFact(datesOf(book)[name as FacilityDate], calendar.zone)?.earliest,
  subjectIn: () => undefined,
  concerned: (all) => all,
  inputsChangedBy: ({ type }) => (type === 'ClosingDateSet' ? ['fact:closesOn'] : []),
  inputsFromOutside: [],
  endsBecause: ({ event, context }: Happening<FacilityKind>) =>
    event.type === 'FacilityMoved' && context.register.life.states[event.data.to]?.ended === true
      ? 'facility_ended'
      : undefined,
  dueAgain: () => [],
  opens: () => [],
  raises: () => [],
};

function datesOf({ closesOn }: KnownFacility): Record<FacilityDate, string | undefined> {
  return { closesOn };
}

function matches(
  { enters, leaves, inspected, everyChildDecided, childUndecided }: NonNullable<Trigger['facility']>,
  event: FacilityEvent,
): boolean {
  switch (event.type) {
    case 'FacilityRegistered':
    case 'UnregisteredFacilityReported':
      return enters?.includes(event.data.state) === true;
    case 'FacilityMoved':
      return enters?.includes(event.data.to) === true || leaves?.includes(event.data.from) === true;
    case 'FacilityInspected':
      return inspected === true;
    case 'UndecidedCounted':
      return event.data.undecided === 0 ? everyChildDecided === true : childUndecided === true;
    default:
      return false;
  }
}

/** What can be asked of a facility; lint lets no definition ask it anything else. */
function facilityHolds(condition: Condition, state: KnownFacility, context: FacilityContext, at: Instant): boolean {
  const holds = (each: Condition): boolean => facilityHolds(each, state, context, at);
  const view = { state, at };
  if ('all' in condition) return condition.all.every(holds);
  if ('any' in condition) return condition.any.some(holds);
  if ('not' in condition) return !holds(condition.not);
  if ('facilityType' in condition) return condition.facilityType.includes(state.type);
  if ('noDeadlineOpen' in condition) return deadlineConditions.noDeadlineOpen(condition.noDeadlineOpen, view);
  if ('noDeadlineOverdue' in condition) return deadlineConditions.noDeadlineOverdue(condition.noDeadlineOverdue, view);
  if ('deadlinePassed' in condition) return deadlineConditions.deadlinePassed(condition.deadlinePassed, view);
  if ('deadlineArmed' in condition) return deadlineConditions.deadlineArmed(condition.deadlineArmed, view);
  throw new TypeError(`nothing that can be asked of a facility: ${Object.keys(condition).join()}`);
}
