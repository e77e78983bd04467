/**
 * What programs may ask for: groups of routes, by the first part of their addresses under `/api/v1`, or of the addresses at
 * which they speak as they would to another system.
 */
export const serviceScopes = {
  cases: ['cases'],
  persons: ['persons'],
  facilities: ['facilities'],
  directory: ['agencies', 'directory', 'pathways'],
  statistics: ['statistics'],
  primero: ['primero'],
  oscar: ['oscar'],
} as const satisfies Record<string, readonly string[]>;

/** Every program may ask who it is taken for. */
const everybodys = ['me'];

/** @param group first part of a route's address; whatever no scope names, programs are not let to */
export const isWithin = (scopes: readonly string[], group: string): boolean =>
  everybodys.includes(group) ||
  Object.entries<readonly string[]>(serviceScopes).some(
    ([scope, groups]) => scopes.includes(scope) && groups.includes(group),
  );
