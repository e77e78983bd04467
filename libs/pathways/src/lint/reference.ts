import type { FactValue } from '../definition.js';
import type { ReferenceKind } from '../finding.js';

/** One place where a definition names something by code. `of` is the owner where a code is not unique by itself. */
export interface Reference {
  kind: ReferenceKind;
  name: string;
  of?: string;
  path: string;
}

export const one = (kind: ReferenceKind, name: string, path: string, of?: string): Reference => ({
  kind,
  name,
  path,
  ...(of !== undefined && { of }),
});

export const optional = (kind: ReferenceKind, name: string | undefined, path: string, of?: string): Reference[] =>
  name === undefined ? [] : [one(kind, name, path, of)];

export const each = (kind: ReferenceKind, names: readonly string[] = [], path: string, of?: string): Reference[] =>
  names.map((name, index) => one(kind, name, `${path}/${index}`, of));

export const factValue = (fact: string, value: FactValue | undefined, path: string): Reference[] =>
  value === undefined ? [] : [one('fact-value', String(value), path, fact)];
