/**
 * Years outside this range are mistakes, not dates: records of other systems hold values such as `22012-01-01`.
 * The four-digit bound is also what lets instants and dates be ordered as plain strings.
 */
const earliestYear = 1900;
const latestYear = 2200;

/**
 * What people may tell lies well inside, so that no sum of a told date and a duration of ours leaves the range: the
 * placeholder 1900-01-01 is refused, and a deadline told for 2150 still has room for its ladder.
 */
const earliestTold = 1920;
const latestTold = 2150;

export const isTellableYear = (year: number): boolean => year >= earliestTold && year <= latestTold;

export const isPlausibleYear = (year: number): boolean => year >= earliestYear && year <= latestYear;
