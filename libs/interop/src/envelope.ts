import type { ForeignSystem } from '#libs/cases';
import { isObject } from './objects.js';

/** Keys under which each system, or a job that talks to it, wraps one record. */
const wrappers: Record<ForeignSystem, string> = { primero: 'child', oscar: 'organization' };

/** Real envelopes are at most four deep: a job's state, its `data`, the answer's `data`, the record's wrapper. */
const deepest = 6;

/**
 * The records inside whatever was handed over: one record, a list, an API answer (`data`, also wrapped twice, as one
 * client library does), a job's state, a single wrapped record. What is no envelope is taken for a record, so that
 * nothing is dropped in silence: a record that makes no sense is refused by name later.
 */
export function recordsIn(system: ForeignSystem, json: unknown): unknown[] {
  const content = unwrapped(system, json);
  return Array.isArray(content) ? content.map((item: unknown) => unwrapped(system, item)) : [content];
}

function unwrapped(system: ForeignSystem, json: unknown): unknown {
  let content = json;
  for (let depth = 0; depth < deepest; depth += 1) {
    const inner = contentOf(system, content);
    if (inner === undefined) return content;
    content = inner;
  }
  return content;
}

function contentOf(system: ForeignSystem, json: unknown): unknown {
  if (!isObject(json)) return undefined;
  const wrapped = json[wrappers[system]];
  if (isObject(wrapped)) return wrapped;
  const data = json['data'];
  return isObject(data) || Array.isArray(data) ? data : undefined;
}
