import { isDeepStrictEqual } from 'node:util';

import type { OutgoingRecord } from '#libs/interop';
import type { PrimeroRecord } from './primero-client.js';

const ROWS = 'services_section';

/** Set at creation and not ours afterwards: ids never change, and ownership is decided over there. */
const onCreationAlone: ReadonlySet<string> = new Set([
  'id',
  'case_id',
  'case_id_display',
  'module_id',
  'created_at',
  'registration_date',
  'owned_by',
  'assigned_user_names',
]);

/** Worked out by Primero from the rest of the record, whatever it is sent. */
const workedOutThere = 'workflow';

const riskOrder: readonly unknown[] = ['no_action', 'low', 'medium', 'high'];

/**
 * The fields of a record that Primero does not have as we would write them; rows of services one by one, by their id.
 * A risk that Primero holds higher is left alone: an exchange lowers none.
 */
export function changesFor(record: OutgoingRecord, theirs: PrimeroRecord): OutgoingRecord {
  const changed = Object.entries(record).filter(
    ([field, value]) => !onCreationAlone.has(field) && isOurs(field) && !isSame(value, theirs[field]),
  );
  const rows = rowsIn(record).filter((row) => {
    const kept = rowOf(theirs, row['unique_id']);
    return kept === undefined || Object.entries(row).some(([field, value]) => !isSame(value, kept[field]));
  });
  return {
    ...Object.fromEntries(changed.filter(([field, value]) => field !== 'risk_level' || isRaised(value, theirs[field]))),
    ...(rows.length === 0 ? {} : { [ROWS]: rows }),
  };
}

/** Names of the fields that Primero was sent and has not kept. It drops what it does not know, and says nothing. */
export function droppedFrom(sent: OutgoingRecord, theirs: PrimeroRecord): string[] {
  const fields = Object.entries(sent)
    .filter(([field, value]) => isOurs(field) && !isSame(value, theirs[field]))
    .map(([field]) => field);
  const inRows = rowsIn(sent).flatMap((row) => {
    const kept = rowOf(theirs, row['unique_id']);
    if (kept === undefined) return [ROWS];
    return Object.keys(row).flatMap((field) => (isSame(row[field], kept[field]) ? [] : [`${ROWS}.${field}`]));
  });
  return [...new Set([...fields, ...inRows])].sort();
}

const isOurs = (field: string): boolean => field !== ROWS && field !== workedOutThere;

const isRaised = (ours: unknown, theirs: unknown): boolean => riskOrder.indexOf(ours) > riskOrder.indexOf(theirs);

const rowsIn = (record: PrimeroRecord): PrimeroRecord[] => {
  const rows = record[ROWS];
  return Array.isArray(rows) ? (rows as PrimeroRecord[]) : [];
};

const rowOf = (theirs: PrimeroRecord, id: unknown): PrimeroRecord | undefined =>
  rowsIn(theirs).find((row) => row['unique_id'] === id);

/** The same value, however a moment is written: `…T10:00:00Z` and `…T10:00:00.000Z` are one. */
function isSame(one: unknown, other: unknown): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return one.includes('T') && other.includes('T') && Date.parse(one) === Date.parse(other);
}
