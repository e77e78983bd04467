import { isFields, rowsOf, type Fields } from './fields.js';

/**
 * Fields replace what was there. Rows of a subform merge by `unique_id`; a row whose id is unknown is added, and one
 * without an id is added again each time it is sent. `_destroy` takes a row out. There is no version: the last one wins.
 */
export function merged(before: Fields, change: Fields, newId: () => string): Fields {
  const result: Fields = { ...before };
  for (const [name, value] of Object.entries(change)) {
    result[name] = isRows(value, before[name]) ? mergedRows(rowsOf(before, name), value, newId) : value;
  }
  return result;
}

/** An empty list empties a list of choices, and leaves a subform as it is. */
const isRows = (value: unknown, before: unknown): value is Fields[] =>
  Array.isArray(value) &&
  (value.some(isFields) || (value.length === 0 && Array.isArray(before) && before.some(isFields)));

function mergedRows(before: Fields[], sent: Fields[], newId: () => string): Fields[] {
  const known = new Set(before.map(({ unique_id }) => unique_id));
  const kept = before.map((row) => ({ ...row, ...sent.find(({ unique_id }) => unique_id === row['unique_id']) }));
  const added = sent.filter(({ unique_id }) => unique_id === undefined || !known.has(unique_id));
  return [...kept, ...added]
    .filter(({ _destroy }) => _destroy !== true)
    .map(({ _destroy, ...row }) => ({ ...row, unique_id: row['unique_id'] ?? newId() }));
}
