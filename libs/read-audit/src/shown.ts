import { fieldClasses, type FieldClass } from '#libs/privacy';

/** Whose records an answer shows, and what of them. */
export interface Shown {
  readonly caseIds: ReadonlySet<string>;
  readonly personIds: ReadonlySet<string>;
  readonly classes: ReadonlySet<FieldClass>;
}

/**
 * Reads off an answer what it shows: ids stand everywhere under the same words, and what was unsealed under the name of
 * its class. So no route can forget to say it.
 */
export function shownIn(answer: unknown): Shown {
  const shown = { caseIds: new Set<string>(), personIds: new Set<string>(), classes: new Set<FieldClass>() };
  look(answer, shown);
  return shown;
}

interface Collected {
  readonly caseIds: Set<string>;
  readonly personIds: Set<string>;
  readonly classes: Set<FieldClass>;
}

function look(value: unknown, into: Collected): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const each of value) look(each, into);
    return;
  }
  for (const [key, each] of Object.entries(value)) {
    if (key === 'caseId' && typeof each === 'string') into.caseIds.add(each);
    else if (key === 'personId' && typeof each === 'string') into.personIds.add(each);
    else if (key === 'person' && hasId(each)) into.personIds.add(each.id);
    else if (isClass(key) && holdsSomething(each)) into.classes.add(key);
    look(each, into);
  }
}

const hasId = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

const isClass = (key: string): key is FieldClass => (fieldClasses as readonly string[]).includes(key);

const holdsSomething = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).some((each) => each !== null && each !== undefined);
