import { v5 } from 'uuid';
import type { ReceivedRecord, ReceivedReferral, RequestedService } from '#libs/cases';
import { readPhone } from '../phones.js';
import { present } from '../objects.js';
import { readingOf, type Reading } from '../reading.js';
import { rejectionReason } from '../rejection.js';
import { sealedWords } from '../sealed-words.js';
import { serviceFacts } from '../service-facts.js';
import { readSubtype } from '../codes/service-table.js';
import { readRowStatus, stateFromPrimero } from '../statuses.js';
import type { TranslationContext } from '../translation.js';
import { urgencyOf } from '../urgency.js';
import { readFreeText } from './free-text.js';
import { partiesOf } from './parties.js';
import { latestFor, type Transition } from './transitions.js';
import { field, implemented, readUuid, responseType, takenBack } from './vocabulary.js';

export interface RowsContext extends Pick<TranslationContext, 'referralId' | 'codes'> {
  /** What the case is known by; names the rows that came without an id. */
  caseKey: string;
  owner: string | undefined;
  transitions: Transition[];
}

export interface ReceivedServices {
  referrals: ReceivedReferral[];
  facts: ReceivedRecord['facts'];
}

/** One referral for each service of each row, and one for each referral that is about no row. */
export function referralsFrom(record: Reading, context: RowsContext): ReceivedServices {
  const services = withoutDoubles([
    ...record.rows('services_section').flatMap((row, index) => servicesIn(row, index, context)),
    ...context.transitions
      .filter((transition) => isRowless(transition, record))
      .flatMap((transition) => servicesIn(rowFor(transition), 0, context)),
  ]);
  return {
    referrals: services.map((service) => referralOf(service, context)),
    facts: Object.assign({}, ...services.map(factsOf)) as ReceivedRecord['facts'],
  };
}

interface ServiceInRow {
  row: Reading;
  key: string;
  service: RequestedService;
  transition: Transition | undefined;
}

function servicesIn(row: Reading, index: number, { caseKey, transitions, codes }: RowsContext): ServiceInRow[] {
  const rowId = row.option('unique_id', readUuid, 'not a UUID') ?? v5(`${caseKey}/services_section/${index}`, v5.URL);
  const type = row.code('service_type');
  const details = readFreeText(row, 'service_type_details_text');
  const subtypes = row.codes('service_subtype');
  if (subtypes.some((subtype) => readSubtype(subtype) === undefined)) row.finding('service_subtype', 'not an option');
  const transition = latestFor(rowId, transitions);
  return (subtypes.length === 0 ? [undefined] : subtypes).map((subtype, position) => ({
    row,
    key: position === 0 || subtype === undefined ? rowId : derivedKey(rowId, subtype),
    service: codes.services.fromPrimero({ type, subtype, details }),
    transition,
  }));
}

/** The second and later services of a row get ids of their own, the same ones each time the row is read. */
const derivedKey = (rowId: string, name: string): string => v5(name, Buffer.from(rowId.replaceAll('-', ''), 'hex'));

/** Ids of the second and later services of a row as it is sent. */
export function furtherRowIds({ unique_id: id, service_subtype: subtypes }: Record<string, unknown>): string[] {
  const rowId = typeof id === 'string' ? readUuid(id) : undefined;
  if (rowId === undefined || !Array.isArray(subtypes)) return [];
  const words = subtypes.flatMap((each: unknown) => (typeof each === 'string' ? [each.trim()] : []));
  return words.slice(1).map((subtype) => derivedKey(rowId, subtype));
}

/** Primero merges rows by id and never holds two of one id, but a file may. */
function withoutDoubles(services: ServiceInRow[]): ServiceInRow[] {
  const taken = new Set<string>();
  return services.map((service) => {
    let { key } = service;
    while (taken.has(key)) key = derivedKey(key, 'again');
    taken.add(key);
    return { ...service, key };
  });
}

function isRowless({ rowId, id }: Transition, record: Reading): boolean {
  const rows = record.rows('services_section').map((row) => row.code('unique_id')?.toLowerCase());
  return id !== undefined && !rows.includes(id) && (rowId === undefined || !rows.includes(rowId));
}

/** Primero lets a case be referred without naming a service row; the referral then stands for the row. */
function rowFor({ id, service, toAgency }: Transition): Reading {
  return readingOf({ unique_id: id, service_type: service, service_implementing_agency: toAgency }, []);
}

function referralOf({ row, key, service, transition }: ServiceInRow, context: RowsContext): ReceivedReferral {
  const response = row.code('service_response_type');
  const note = readFreeText(row, 'note_on_referral_from_provider');
  const state = stateFromPrimero({
    transition: transition?.status,
    row: row.option(field.rowStatus, readRowStatus, 'unknown status'),
    implemented: row.code('service_implemented') === implemented,
    provided: response === responseType.provided,
    revoked: note === takenBack,
  });
  const sentOn = row.day('service_response_day_time') ?? transition?.createdOn;
  return {
    referralId: context.referralId(key),
    key,
    type: 'service',
    service,
    ...partiesOf(row, response, context),
    urgency: urgencyOf(row.code('service_response_timeframe')),
    state,
    ...(state === 'REJECTED' ? { rejectionReason: rejectionReason(service, [transition?.rejectedReason, note]) } : {}),
    ...present({ sentOn }),
    sealed: textsOf(row, transition, note),
  };
}

function textsOf(row: Reading, transition: Transition | undefined, note: string | undefined) {
  const fromOscar = readFreeText(row, field.notesFromOscar);
  const phone = readFreeText(row, 'oscar_case_worker_telephone');
  return sealedWords({
    identity: {
      oscar_case_worker_name: readFreeText(row, 'oscar_case_worker_name'),
      oscar_case_worker_telephone: phone === undefined ? undefined : readPhone(phone),
      service_implementing_agency_individual: row.code('service_implementing_agency_individual'),
      service_provider: readFreeText(row, 'service_provider'),
    },
    narrative: {
      text: readFreeText(row, 'service_referral_notes') ?? transition?.notes ?? fromOscar,
      notes_from_oscar: fromOscar,
      rejected_reason: transition?.rejectedReason,
      note_on_referral_from_provider: note === takenBack ? undefined : note,
      service_type_text: readFreeText(row, 'service_type_text'),
      service_type_details_text: readFreeText(row, 'service_type_details_text'),
    },
  });
}

function factsOf({ row, key }: ServiceInRow): ReceivedRecord['facts'] {
  return serviceFacts(key, {
    service_response_type: row.code('service_response_type'),
    service_response_day_time: row.moment('service_response_day_time'),
    service_implemented_day_time: row.moment('service_implemented_day_time'),
    service_appointment_date: row.date('service_appointment_date'),
    [field.oscarReferralId]: row.code(field.oscarReferralId),
  });
}
