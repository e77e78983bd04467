/** What programs may ask for: groups of routes, by the first part of their addresses under `/api/v1`. */
export const serviceScopes = {
  cases: ['cases'],
  persons: ['persons'],
  facilities: ['facilities'],
  directory: ['agencies', 'directory', 'pathways'],
  statistics: ['statistics'],
} as const satisfies Record<string, readonly string[]>;

/** Every program may ask who it is taken for. */
const everybodys = ['me'];

/** @param group first part of a route's address; whatever no scope names, programs are not let to */
export const isWithin = (scopes: readonly string[], group: string): boolean =>
  everybodys.includes(group) ||
  Object.entries<readonly string[]>(serviceScopes).some(
    ([scope, groups]) => scopes.includes(scope) && groups.includes(group),
  );
