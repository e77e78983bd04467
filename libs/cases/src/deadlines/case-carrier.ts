import { endOfDay, type LocalDate } from '#libs/calendar';
import { alertsOf } from '../alerts/alerts.js';
import { momentOfFact } from '../conditions/fact-moment.js';
import { evolve } from '../evolve.js';
import { dueAgain } from '../referrals/unanswered.js';
import type { CaseState, KnownCase } from '../state.js';
import { openings } from '../tracks/openings.js';
import { birthdayOf } from './birthday.js';
import type { Carrier } from './carrier.js';
import { concerned, inputsChangedBy, subjectIn, type CaseKind } from './case-triggers.js';
import { caseWatching } from './case-watching.js';
import { deadlineDefinitions } from './definitions.js';
import { ageIn, BIRTH_DATE } from './due.js';

/** How a case carries its deadlines. */
export const caseCarrier: Carrier<CaseKind> = {
  // The first event of a case opens it, and any other before that is none.
  evolve: (book, recorded) => evolve(book as CaseState, recorded) as KnownCase,
  definitions: deadlineDefinitions,
  ...caseWatching,
  dateOf: (name, state, { birthDate, calendar: { zone } }, subject) => {
    const age = ageIn(name);
    if (age !== undefined) return birthDate && birthdayOf(birthDate, age, zone);
    const named = dayNamed(name, state, subject);
    return named === undefined ? momentOfFact(state.facts[name], zone)?.earliest : endOfDay(named, zone);
  },
  subjectIn,
  concerned,
  inputsChangedBy,
  inputsFromOutside: [BIRTH_DATE],
  endsBecause: ({ event, after, context }) => {
    if (event.type === 'ChildErased') return 'child_erased';
    if (event.type !== 'TransitionTaken' || after.enrolment === undefined) return undefined;
    const entered = context.pathway(after.enrolment.pathway)?.definition.states[event.data.to];
    return entered?.terminal === true ? 'case_ended' : undefined;
  },
  dueAgain,
  opens: openings,
  raises: alertsOf,
};

/** The day that a decision or an exception itself names. */
function dayNamed(name: string, { decisions, exceptions }: KnownCase, subject?: string): LocalDate | undefined {
  if (name === 'reviewOn') return decisions.find(({ decisionId }) => decisionId === subject)?.reviewOn;
  if (name === 'reaskOn') return exceptions.find(({ exceptionId }) => exceptionId === subject)?.reaskOn;
  return undefined;
}
