import { isObject } from './objects.js';

/** No form of either system nests deeper than case, subform, row and list. */
const deepest = 32;
const plainKey = /^[\w.-]{1,64}$/;

/**
 * Findings about text that a database can't hold (NUL, half of a surrogate pair) anywhere in a record, and about
 * nesting that no honest record has. Paths are made of plain field names only: a key may be as hostile as a value.
 */
export function unsoundText(record: unknown): string[] {
  const findings = new Set<string>();
  const open: { value: unknown; path: string; depth: number }[] = [{ value: record, path: 'record', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && !isSound(value)) findings.add(`${path}: broken text`);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === deepest) {
      findings.add(`${path}: nested too deeply`);
      continue;
    }
    for (const [key, inner] of Object.entries(value)) {
      if (!isSound(key)) findings.add(`${path}: broken field name`);
      open.push({ value: inner, path: pathTo(key, value, path), depth: depth + 1 });
    }
  }
  return [...findings].sort();
}

const isSound = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

function pathTo(key: string, parent: object, path: string): string {
  if (!isObject(parent)) return `${path}[${key}]`;
  const name = plainKey.test(key) ? key : '(field)';
  return path === 'record' ? name : `${path}.${name}`;
}
