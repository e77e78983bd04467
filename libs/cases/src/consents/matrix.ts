import { ageOn, localDateOf } from '#libs/calendar';
import type { ConsentBand, ConsentRules, MissingConsent } from '#libs/pathways';
import type { DecideContext } from '../context.js';
import type { ConsentFacts, KnownCase } from '../state.js';
import { exceptionsInForce } from './exceptions.js';

/** What a consent is judged by: the rules of every case, the child's age, and the time. */
export type ConsentContext = Pick<DecideContext, 'now' | 'calendar' | 'common' | 'birthDate'>;

/**
 * Whose consent is still missing before a kind of consent is complete, by the child's age (pathways 1.6). Kinds that the
 * matrix does not rule need any one consent. While the age is not known, what every age needs is asked for.
 *
 * @param given consents of the kind that are in force
 * @param orException whether an exception can make every consent needless (an emergency, a court, a duty to report)
 */
export function missingFrom(
  kind: string,
  given: readonly ConsentFacts[],
  state: KnownCase,
  context: ConsentContext,
  orException: boolean,
): MissingConsent[] {
  const rules = context.common.consent;
  const inForce = exceptionsInForce(state, kind, context);
  const exceptions = inForce.map(({ code }) => rules.exceptions[code]);
  if (!rules.kinds.includes(kind)) return given.length > 0 || (orException && inForce.length > 0) ? [] : ['anyone'];
  if (orException && exceptions.some((each) => each?.standsIn === 'all')) return [];
  const setAside = exceptions.some((each) => each?.standsIn === 'caregiver' && fits(each.ages, context));
  return missingIn(bandOf(rules, context), given, setAside);
}

function missingIn(band: ConsentBand, given: readonly ConsentFacts[], setAside: boolean): MissingConsent[] {
  const child = childMissing(band, given);
  if (band.caregiver === 'none') return child;
  if (given.some((consent) => isCaregivers(consent, band))) return child;
  if (!setAside) return [...child, 'caregiver'];
  return band.otherwise.some((giver) => stands(giver, given)) ? child : [...child, 'instead_of_caregiver'];
}

function childMissing({ child }: ConsentBand, given: readonly ConsentFacts[]): MissingConsent[] {
  if (child === 'none') return [];
  const own = given.filter(({ giver }) => giver === 'child');
  const enough = child === 'informal' ? own.length > 0 : own.some(({ manner }) => manner !== 'spoken');
  return enough ? [] : [child === 'informal' ? 'child_assent' : 'child_in_writing'];
}

/** From 15 on the caregiver is asked only with the child's permission (IRC/UNICEF 2012, table of consent by age). */
function isCaregivers({ giver, childPermits }: ConsentFacts, { caregiver }: ConsentBand): boolean {
  return giver === 'caregiver' && (caregiver !== 'with_permission' || childPermits === true);
}

function stands(giver: ConsentBand['otherwise'][number], given: readonly ConsentFacts[]): boolean {
  if (giver === 'child') return true; // the child's own is asked for beside it
  if (giver === 'mature_child') return given.some((each) => each.giver === 'child' && each.maturityNoted === true);
  return given.some((each) => each.giver === giver);
}

/** The band of the child's age; of an unknown age, one that asks for all that any band asks for. */
function bandOf({ bands }: ConsentRules, context: ConsentContext): ConsentBand {
  const age = ageIn(context);
  const known = bands.find(({ from, to }) => age !== undefined && age >= from && (to === undefined || age <= to));
  return known ?? { from: 0, caregiver: 'required', child: 'written', otherwise: ['other_adult'] };
}

function fits(ages: { atLeast?: number; atMost?: number } | undefined, context: ConsentContext): boolean {
  if (ages === undefined) return true;
  const age = ageIn(context);
  return age !== undefined && age >= (ages.atLeast ?? 0) && age <= (ages.atMost ?? Infinity);
}

function ageIn({ birthDate, now, calendar }: ConsentContext): number | undefined {
  const today = localDateOf(now, calendar.zone);
  return birthDate === undefined || birthDate > today ? undefined : ageOn(birthDate, today);
}
