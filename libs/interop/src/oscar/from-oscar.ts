import { digestOf } from '../digest.js';
import { readLocationCode } from '../location.js';
import { isObject, present } from '../objects.js';
import { locationCodeIn, personDetails, readBirthDate } from '../person-details.js';
import { readPhone } from '../phones.js';
import { readUuid } from '../primero/vocabulary.js';
import { readingOf, type Reading } from '../reading.js';
import { readRisk } from '../risk.js';
import { sealedWords } from '../sealed-words.js';
import { readSex } from '../sex.js';
import { unsoundText } from '../sound-text.js';
import { keptWords } from '../their-words.js';
import type { Identifiers, Translation, TranslationContext } from '../translation.js';
import { referralsFrom } from './from-services.js';
import { readOscarName, writeOscarName, type OscarName } from './names.js';

/** Stands for the organisation of a record that names none. */
const someOrganization = 'oscar';

/** A client of OSCaR in our words: referred or merely shared, or as posted to it. */
export function fromOscar(record: unknown, context: TranslationContext): Translation {
  if (!isObject(record)) return { ok: false, reason: 'record: not an object' };
  const findings = unsoundText(record);
  if (findings.length > 0) return { ok: false, reason: findings.join('; ') };

  const reading = readingOf(record, findings);
  const identifiers = identifiersIn(reading);
  const names = namesIn(reading);
  if (Object.keys(identifiers).length === 0 && Object.values(names).every(isBlank)) {
    findings.push('record: no identifier and no name');
  }
  const person = personDetails(personIn(reading, names, context), context.today);
  const { referrals, facts } = referralsFrom(reading, {
    referralId: context.referralId,
    codes: context.codes,
    organization: reading.code('organization_name') ?? reading.code('organization_id') ?? someOrganization,
    fromGovernment: isFromGovernment(reading, record),
    reason: reading.text('reason_for_referral'),
    worker: {
      oscar_case_worker_name: reading.text('case_worker_name'),
      oscar_case_worker_telephone: phoneIn(reading, 'case_worker_mobile'),
    },
  });
  const risk = reading.option('level_of_risk', readRisk, 'unknown risk level');
  const translated = {
    system: 'oscar' as const,
    digest: digestOf(record),
    identifiers: identifiers as Record<string, string>,
    facts: { ...caseFactsIn(reading, record, context), ...facts },
    sealed: sealedIn(reading, names),
    ...present({ risk }),
    referrals,
  };
  if (findings.length > 0) return { ok: false, reason: [...new Set(findings)].join('; ') };
  return { ok: true, identifiers, person, record: translated };
}

/**
 * The record says so; or it says nothing, has an id of Primero, and services to which OSCaR has given neither a number nor a
 * day, as the hourly job posts those of a case whose last service was another one.
 */
function isFromGovernment(reading: Reading, record: Record<string, unknown>): boolean {
  const isSilent = record['resource'] === undefined && reading.code('external_id') !== undefined;
  if (!isSilent) return reading.code('resource')?.toLowerCase() === 'primero';
  return reading
    .rows('services')
    .every((row) => row.code('referral_id') === undefined && row.code('enrollment_date') === undefined);
}

function identifiersIn(reading: Reading): Identifiers {
  return present({
    global_id: reading.code('global_id'),
    slug: reading.code('slug'),
    case_id: reading.option('external_id', readUuid, 'not a UUID'),
    case_id_display: reading.code('external_id_display'),
  });
}

interface OscarNames {
  given: OscarName;
  family: OscarName;
}

function namesIn(reading: Reading): OscarNames {
  const part = (name: string): OscarName => ({
    latin: reading.text(name) ?? '',
    local: reading.text(`local_${name}`) ?? '',
  });
  return { given: part('given_name'), family: part('family_name') };
}

const isBlank = ({ latin, local }: OscarName): boolean => latin === '' && local === '';

function personIn(reading: Reading, { given, family }: OscarNames, context: TranslationContext) {
  return {
    given: readOscarName(given),
    family: readOscarName(family),
    sex: reading.option('gender', readSex, 'unknown option'),
    birthDate: readBirthDate(reading, 'date_of_birth', context.today),
    mosvyNumber: reading.text('mosvy_number'),
    locationCode: locationCodeIn(reading, 'location_current_village_code'),
    addressCode: locationCodeIn(reading, 'address_current_village_code'),
  };
}

function caseFactsIn(reading: Reading, record: Record<string, unknown>, { codes }: TranslationContext) {
  const knownStatus = (word: string) => (codes.oscarStatus(word) === undefined ? undefined : word.trim());
  return present({
    oscar_status: reading.option('status', knownStatus, 'unknown status'),
    referral_status: reading.option('referral_status', knownStatus, 'unknown status'),
    is_referred: reading.flag('is_referred'),
    resource: reading.code('resource'),
    organization_id: reading.code('organization_id'),
    organization_name: reading.code('organization_name'),
    organization_address_code: reading.option('organization_address_code', readLocationCode, 'not a location code'),
    protection_status: reading.code('protection_status'),
    date_of_referral: reading.date('date_of_referral'),
    transaction_id: reading.code('transaction_id'),
    referral_consent_form_held: isFilled(record['referral_consent_form']) || undefined,
  });
}

/** A form exists at the organisation. Where it lies is not kept, and it is no consent here until a person recorded one. */
const isFilled = (forms: unknown): boolean => Array.isArray(forms) && forms.length > 0;

function sealedIn(reading: Reading, names: OscarNames) {
  return sealedWords({
    identity: {
      ...keptName('given_name', names.given),
      ...keptName('family_name', names.family),
      gender: keptWords(reading.code('gender'), readSex, (sex) => sex),
      case_worker_name: reading.text('case_worker_name'),
      case_worker_mobile: phoneIn(reading, 'case_worker_mobile'),
      external_case_worker_name: reading.text('external_case_worker_name'),
      external_case_worker_id: reading.code('external_case_worker_id'),
      external_case_worker_mobile: phoneIn(reading, 'external_case_worker_mobile'),
      external_case_worker_email: reading.code('external_case_worker_email'),
    },
    narrative: {
      reason_for_referral: reading.text('reason_for_referral'),
      reason_for_exiting: reading.text('reason_for_exiting'),
    },
  });
}

function phoneIn(reading: Reading, field: string): string | undefined {
  const number = reading.code(field);
  return number === undefined ? undefined : readPhone(number);
}

/** Both fields as written, when they are not what we would write: a Latin name in the local field, say. */
function keptName(field: string, name: OscarName): Record<string, string> {
  const { latin, local } = writeOscarName(readOscarName(name));
  return latin === name.latin && local === name.local ? {} : { [field]: name.latin, [`local_${field}`]: name.local };
}
