import type { KnownCase, ReferralStatus } from '#libs/cases';
import { GOVERNMENT } from '../codes/agency-table.js';
import { UNMAPPED } from '../codes/service-table.js';
import { field, responseType } from '../primero/vocabulary.js';
import { wordsIn } from '../sealed-words.js';
import type { SentReferral } from '../sent-referrals.js';
import { serviceFactReader } from '../service-facts.js';
import { outwardStatus } from '../statuses.js';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { readOscarKey } from './key.js';

/** The organisation whose OSCaR has a part in the referral: the one it came from, or the one that is asked. */
export function partnerOf(referral: SentReferral, { case: known, codes }: Pick<ExportInput, 'case' | 'codes'>): string {
  if (referral.system === 'oscar' && referral.key !== undefined) return readOscarKey(referral.key).organization;
  const response = serviceFactReader(known, referral, 'primero')('service_response_type');
  const toGovernment = response === responseType.fromOscar || referral.toAgency === GOVERNMENT;
  return codes.agencies.toOscar(toGovernment ? referral.fromAgency : referral.toAgency);
}

/** One service of a client: an enrolment has a date, a referral has its number where OSCaR gave one. */
export function serviceOf(referral: SentReferral, input: ExportInput): OutgoingRecord {
  const key = referral.system === 'oscar' && referral.key !== undefined ? readOscarKey(referral.key) : undefined;
  const known = input.codes.services.toOscar(referral.service);
  const words = key !== undefined && referral.service.code === UNMAPPED ? referral.service.original : undefined;
  return {
    program_name: wordsIn(input.referralTexts[referral.referralId], 'narrative', 'program_name') ?? '',
    enrollment_date: enrolledOn(referral, input) ?? '',
    uuid: key === undefined || key.uuid === '' ? known.uuid : key.uuid,
    name: words ?? known.name,
    ...(known.category === undefined ? {} : { category: known.category }),
    referral_id:
      key?.referralId ?? serviceFactReader(input.case, referral, 'primero')('oscar_referral_id_a4ac8a5') ?? '',
    referral_status: outwardStatus(referral.state).oscar,
  };
}

/** The day that OSCaR told, or that stands in a row of Primero which says that an OSCaR partner delivers the service. */
function enrolledOn(referral: SentReferral, { case: known }: ExportInput): string | undefined {
  const response = serviceFactReader(known, referral, 'primero')('service_response_type');
  if (response === responseType.provided) return referral.sentOn;
  return serviceFactReader(known, referral, 'oscar')('enrollment_date');
}

/**
 * The services of the referral that OSCaR has under this number: as it told us itself, or as Primero was told. The number is
 * unique within one organisation, so for one child alone.
 */
export function oscarReferrals(known: KnownCase, number: string): ReferralStatus[] {
  return Object.values(known.referrals).filter((referral) => {
    if (referral.system === 'oscar') return readOscarKey(referral.key ?? '').referralId === number;
    return serviceFactReader(known, referral, 'primero')(field.oscarReferralId) === number;
  });
}
