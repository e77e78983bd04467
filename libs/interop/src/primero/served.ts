import type { Instant } from '#libs/calendar';
import { present } from '../objects.js';
import { wordsIn } from '../sealed-words.js';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { toPrimero } from './to-primero.js';

/**
 * A case as Primero answers for it: as it goes out, with what Primero itself adds to each record.
 *
 * @param changedAt when the case or what is known of the child last changed
 */
export function servedPrimero(input: ExportInput, changedAt: Instant): OutgoingRecord {
  const record = toPrimero(input);
  const kept = (name: string): string | undefined => wordsIn(input.sealedForeign.primero, 'identity', name);
  const { case_id: caseId, created_at: created } = record;
  const owner = kept('owned_by');
  return {
    ...record,
    enabled: true,
    ...present({
      short_id: typeof caseId === 'string' ? caseId.slice(-shortLength) : undefined,
      name: nameOf(record),
      owned_by: owner,
      owned_by_id: owner,
      owned_by_phone: kept('owned_by_phone'),
    }),
    owned_by_agency_id: input.codes.agencies.toPrimero(input.case.agency),
    created_at: created ?? input.case.openedAt,
    last_updated_at: changedAt,
  };
}

const shortLength = 7;

function nameOf({ name_first: first, name_middle: middle, name_last: last }: OutgoingRecord): string | undefined {
  const parts = [first, middle, last].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** Fields that tell who is meant by an id alone, and how the request stands. */
const stagedFields: ReadonlySet<string> = new Set([
  ...['id', 'enabled', 'case_id', 'case_id_display', 'short_id', 'module_id', 'oscar_number', 'status', 'sex'],
  ...['created_at', 'last_updated_at', 'registration_date', 'owned_by_agency_id'],
]);
const stagedRowFields: ReadonlySet<string> = new Set([
  ...['unique_id', 'service_response_type', 'service_type', 'service_subtype', 'service_implementing_agency'],
  ...['oscar_referring_organization', 'service_response_timeframe', 'service_response_day_time'],
  ...['service_implemented', 'referral_status_edf41f2', 'oscar_referral_id_a4ac8a5'],
]);

/**
 * Of a case, what an agency that was asked is told before it accepts (GR-STAGED): which service, how urgent, sex and
 * district; no name, no address, no story.
 */
export function stagedPrimero(record: OutgoingRecord, { case: { district, province } }: ExportInput): OutgoingRecord {
  const rows = record['services_section'] as OutgoingRecord[];
  return {
    ...only(record, stagedFields),
    ...present({ location_current: (district ?? province)?.replace(/^0/, '') }),
    services_section: rows.map((row) => only(row, stagedRowFields)),
  };
}

const only = (record: OutgoingRecord, fields: ReadonlySet<string>): OutgoingRecord =>
  Object.fromEntries(Object.entries(record).filter(([name]) => fields.has(name)));
