import { localDateOf, plus, type Duration, type Instant, type LocalDate } from '#libs/calendar';
import type { FactValue, RecidivismReport } from '#libs/pathways';

/** What follows the completion of a diversion, the serving of a sentence or a release: one beginning of one child. */
export interface FollowUp {
  personId: string;
  beganAt: Instant;
  /** When the check of each window was made, in the order of the windows; undefined where it was not. */
  checkedAt: (Instant | undefined)[];
  /** Every check since, in the order in which they were made. */
  checks: { at: Instant; value: FactValue }[];
  /** The day of the new offence, where it is known. */
  offenceOn: LocalDate | undefined;
}

/** How many children came again, of those whose time has passed. */
export interface Recidivism {
  within: Duration;
  /** Children whose window has passed: the denominator. */
  children: number;
  /** Those of them with a new prosecution decision or conviction for an offence within it: the numerator. */
  reoffended: number;
  /** Those of them about whom nothing is known: nobody looked, or could find out. */
  unchecked: number;
}

type Rule = Pick<RecidivismReport, 'found' | 'unknown'>;

/**
 * Recidivism by window (pathways B.9). A child counts once, however often it was followed up; whose window has not
 * passed is in neither number, whatever is known of it already.
 */
export function recidivism(
  followUps: readonly FollowUp[],
  windows: readonly Duration[],
  rule: Rule,
  now: Instant,
  zone: string,
): Recidivism[] {
  return windows.map((within, index) => {
    const mature = followUps.filter(({ beganAt }) => plus(beganAt, within, zone) <= now);
    const came = childrenOf(mature.filter((each) => offendedWithin(each, within, rule, zone)));
    const seen = childrenOf(mature.filter((each) => isChecked(each, index, rule)));
    const children = childrenOf(mature);
    const unchecked = [...children].filter((personId) => !came.has(personId) && !seen.has(personId));
    return { within, children: children.size, reoffended: came.size, unchecked: unchecked.length };
  });
}

const childrenOf = (followUps: readonly FollowUp[]): Set<string> => new Set(followUps.map(({ personId }) => personId));

function offendedWithin(followUp: FollowUp, within: Duration, rule: Rule, zone: string): boolean {
  const day = dayOfOffence(followUp, rule, zone);
  return day !== undefined && day <= localDateOf(plus(followUp.beganAt, within, zone), zone);
}

/** A day that nobody knows counts as early as it can have been: on the day of the last check that found nothing. */
function dayOfOffence(
  { beganAt, checks, offenceOn }: FollowUp,
  { found, unknown }: Rule,
  zone: string,
): LocalDate | undefined {
  const finding = checks.findIndex(({ value }) => found.includes(value));
  if (finding < 0) return undefined;
  const began = localDateOf(beganAt, zone);
  if (offenceOn !== undefined && offenceOn >= began) return offenceOn;
  const clean = checks.slice(0, finding).findLast(({ value }) => !unknown.includes(value));
  return clean === undefined ? began : localDateOf(clean.at, zone);
}

/** A check that could not find anything out is none. */
function isChecked({ checkedAt, checks }: FollowUp, window: number, { unknown }: Rule): boolean {
  const at = checkedAt[window];
  if (at === undefined) return false;
  const last = checks.findLast((check) => check.at <= at) ?? checks[0];
  return last !== undefined && !unknown.includes(last.value);
}
