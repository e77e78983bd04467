import { cambodia, startOfDay } from '#libs/calendar';
import { GOVERNMENT } from '../codes/agency-table.js';
import type { PrimeroServiceFields } from '../codes/service-table.js';
import { readOscarKey } from '../oscar/key.js';
import { workerOf, type OscarWorker } from '../oscar/workers.js';
import { present } from '../objects.js';
import { wordsIn } from '../sealed-words.js';
import { sentReferrals, type SentReferral } from '../sent-referrals.js';
import { serviceFactReader } from '../service-facts.js';
import { outwardStatus } from '../statuses.js';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { timeframeOf } from '../urgency.js';
import { freeText } from './free-text.js';
import { field, implemented, notImplemented, responseType, takenBack } from './vocabulary.js';

/** The service rows of a case, one for each referral that was sent. */
export const rowsOf = (input: ExportInput): OutgoingRecord[] =>
  sentReferrals(input.case).map((referral) => rowOf(referral, input));

/** The row's id: Primero's own, or for a referral that did not come from there, ours. */
export const rowIdOf = ({ system, key, referralId }: SentReferral): string =>
  (system === 'primero' && key !== undefined ? key : referralId).toLowerCase();

/** When the referral was sent: what Primero or OSCaR said of it, or the moment it left here. */
export function sentAtOf(referral: SentReferral, input: ExportInput): string | undefined {
  const told = serviceFactReader(input.case, referral, 'primero')('service_response_day_time');
  if (told !== undefined) return told;
  if (referral.sentOn !== undefined) return startOfDay(referral.sentOn, cambodia.zone);
  return referral.system === undefined ? referral.sentAt : undefined;
}

function rowOf(referral: SentReferral, input: ExportInput): OutgoingRecord {
  const fact = serviceFactReader(input.case, referral, 'primero');
  const { row } = outwardStatus(referral.state);
  const { services, agencies } = input.codes;
  const service = services.toPrimero(referral.service);
  return present({
    unique_id: rowIdOf(referral),
    service_response_type: responseTypeOf(referral, fact('service_response_type')),
    service_type: service.service_type,
    service_subtype: service.service_subtype,
    service_implementing_agency: agencies.toPrimero(referral.toAgency),
    oscar_referring_organization: agencies.toPrimero(referral.fromAgency),
    service_response_timeframe: timeframeOf(referral.urgency),
    service_response_day_time: sentAtOf(referral, input),
    service_appointment_date: fact('service_appointment_date'),
    service_implemented: referral.state === 'COMPLETED' ? implemented : notImplemented,
    service_implemented_day_time: fact('service_implemented_day_time'),
    [field.rowStatus]: row,
    [field.oscarReferralId]: oscarReferralId(referral, fact(field.oscarReferralId)),
    ...textsOf(referral, service, input),
  });
}

function textsOf(referral: SentReferral, service: PrimeroServiceFields, input: ExportInput) {
  const texts = input.referralTexts[referral.referralId];
  const narrative = (name: string): string | undefined => freeText(wordsIn(texts, 'narrative', name));
  const worker = (name: string): string | undefined => freeText(wordsIn(texts, 'identity', name));
  const isOscars = referral.system === 'oscar';
  const { name, phone } = isOscars ? workerOf([referral], input) : ofRow(worker);
  return {
    service_type_text: narrative('service_type_text'),
    service_type_details_text: narrative('service_type_details_text') ?? freeText(service.service_type_details_text),
    service_referral_notes: narrative('text'),
    [field.notesFromOscar]: narrative('notes_from_oscar') ?? (isOscars ? narrative('text') : undefined),
    note_on_referral_from_provider: providerNote(referral, narrative),
    oscar_case_worker_name: freeText(name),
    oscar_case_worker_telephone: freeText(phone),
    service_implementing_agency_individual: worker('service_implementing_agency_individual'),
    service_provider: worker('service_provider'),
  };
}

const ofRow = (worker: (name: string) => string | undefined): OscarWorker => ({
  name: worker('oscar_case_worker_name'),
  phone: worker('oscar_case_worker_telephone'),
});

/** Why it was refused or taken back travels in the provider's note: a row has no other place for it. */
function providerNote(
  { state, rejectionReason }: SentReferral,
  narrative: (name: string) => string | undefined,
): string | undefined {
  const note = narrative('note_on_referral_from_provider');
  if (state === 'REVOKED') return takenBack;
  if (state !== 'REJECTED') return note;
  if (rejectionReason !== undefined && rejectionReason !== 'OTHER') return rejectionReason;
  return narrative('rejected_reason') ?? note ?? rejectionReason;
}

/**
 * Primero's own word for the kind of response, unless the service has begun at an OSCaR partner since. A referral of
 * ours is a plain service: as `referral_to_oscar` the live job would send it on a second time.
 */
function responseTypeOf({ state, system, fromAgency }: SentReferral, told: string | undefined): string {
  const atPartner = system === 'oscar' || told === responseType.toOscar;
  if (state === 'IN_SERVICE' && atPartner) return responseType.provided;
  if (told !== undefined) return told;
  if (system !== 'oscar') return responseType.service;
  return fromAgency === GOVERNMENT ? responseType.toOscar : responseType.fromOscar;
}

function oscarReferralId({ system, key }: SentReferral, told: string | undefined): string | undefined {
  if (told !== undefined || system !== 'oscar' || key === undefined) return told;
  return readOscarKey(key).referralId || undefined;
}
