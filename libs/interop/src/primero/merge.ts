import { v5 } from 'uuid';
import { digestOf } from '../digest.js';
import { isObject } from '../objects.js';
import type { OutgoingRecord } from '../translation.js';
import { furtherRowIds } from './from-rows.js';
import { field, takenBack } from './vocabulary.js';

type Row = Record<string, unknown>;

/**
 * A record with the changes that a client sends of it: fields replace, rows of a subform merge by `unique_id`, all others
 * are added. Null clears a field, but no subform and no list, and what was not sent stays.
 */
export function mergePrimero(known: OutgoingRecord, changes: Row): OutgoingRecord {
  const merged: Row = { ...known };
  for (const [name, value] of Object.entries(withRowIds(changes))) {
    const before = known[name];
    if (isSubform(value) || isSubform(before)) merged[name] = rowsOf(before, value);
    else if (!(value === null && Array.isArray(before))) merged[name] = value;
  }
  return merged;
}

/**
 * The record with an id on every row. Primero makes one up and so takes a row that is sent again for another; here the
 * id follows from what the row says, so that it is known again.
 */
export function withRowIds(record: Row): Row {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, isSubform(value) ? value.map(withRowId) : value]),
  );
}

const withRowId = (row: Row): Row => (isId(row['unique_id']) ? row : { ...row, unique_id: v5(digestOf(row), v5.URL) });

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isSubform = (value: unknown): value is Row[] =>
  Array.isArray(value) && value.length > 0 && value.every((row) => isObject(row));

function rowsOf(before: unknown, sent: unknown): unknown {
  const known = isSubform(before) ? before : [];
  if (sent === null || !isSubform(sent)) return isSubform(before) ? before : sent;
  const ids = new Set(known.map(idOf));
  // A row with several services is told by us as one row each; sent as one again, it stands for all of them.
  const further = new Set(sent.flatMap(furtherRowIds));
  const kept = known.filter((row) => !further.has(idOf(row)));
  return [
    ...kept.map((row) =>
      mergedRow(
        row,
        sent.findLast((each) => idOf(each) === idOf(row)),
      ),
    ),
    ...sent.filter((row) => !ids.has(idOf(row)) && row['_destroy'] !== true),
  ];
}

const idOf = (row: Row): string => String(row['unique_id']).toLowerCase();

/** A service whose row the other side deletes is no longer asked for: our referral is taken back, and stays on record. */
function mergedRow(row: Row, sent: Row | undefined): Row {
  if (sent === undefined) return row;
  const { _destroy, ...changes } = sent;
  if (_destroy !== true) return { ...row, ...changes };
  return { ...row, [field.rowStatus]: 'rejected_936484', note_on_referral_from_provider: takenBack };
}
