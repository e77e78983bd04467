/**
 * Years outside this range are mistakes, not dates: records of other systems hold values such as `22012-01-01`.
 * The four-digit bound is also what lets instants and dates be ordered as plain strings.
 */
const earliestYear = 1900;
const latestYear = 2200;

export const isPlausibleYear = (year: number): boolean => year >= earliestYear && year <= latestYear;
