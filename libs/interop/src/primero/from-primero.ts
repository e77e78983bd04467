import { digestOf } from '../digest.js';
import { isObject, present } from '../objects.js';
import { primeroLocationCode, readLocationCode } from '../location.js';
import { joinName, splitName } from '../names.js';
import { locationCodeIn, personDetails, readBirthDate } from '../person-details.js';
import { readPhone } from '../phones.js';
import { readingOf, type Reading } from '../reading.js';
import { readRisk } from '../risk.js';
import { sealedWords } from '../sealed-words.js';
import { readSex } from '../sex.js';
import { unsoundText } from '../sound-text.js';
import { keptWords } from '../their-words.js';
import type { Identifiers, Translation, TranslationContext } from '../translation.js';
import { readFreeText } from './free-text.js';
import { referralsFrom } from './from-rows.js';
import { readTransitions } from './transitions.js';
import { copiedFromOscar, readCaseStatus, readUuid } from './vocabulary.js';

/** A case of Primero v2 (or of the older shape that jobs still pass around) in our words. */
export function fromPrimero(record: unknown, context: TranslationContext): Translation {
  if (!isObject(record)) return { ok: false, reason: 'record: not an object' };
  const findings = unsoundText(record);
  if (findings.length > 0) return { ok: false, reason: findings.join('; ') };

  const reading = readingOf(record, findings);
  const identifiers = identifiersIn(reading);
  const names = namesIn(reading);
  if (identifiers.id === undefined && identifiers.case_id === undefined && names.length === 0) {
    findings.push('record: no identifier and no name');
  }
  const person = personDetails(personIn(reading, names, context), context.today);
  const owner = ownerAgency(reading);
  const { referrals, facts } = referralsFrom(reading, {
    referralId: context.referralId,
    codes: context.codes,
    caseKey: identifiers.case_id ?? identifiers.id ?? '',
    owner: owner === undefined ? undefined : context.codes.agencies.fromPrimero(owner),
    transitions: readTransitions(reading),
  });
  const risk = reading.option('risk_level', readRisk, 'unknown risk level');
  const modifiedAt = reading.moment('last_updated_at');
  const translated = {
    system: 'primero' as const,
    digest: digestOf(record),
    identifiers: identifiers as Record<string, string>,
    facts: { ...caseFactsIn(reading, context), ...claimsIn(reading), ...facts },
    sealed: sealedIn(reading),
    ...present({ risk, modifiedAt }),
    referrals,
  };
  if (findings.length > 0) return { ok: false, reason: [...new Set(findings)].join('; ') };
  return { ok: true, identifiers, person, record: translated };
}

function identifiersIn(reading: Reading): Identifiers {
  return present({
    id: reading.option('id', readUuid, 'not a UUID'),
    case_id: readFreeText(reading, 'case_id')?.trim(),
    case_id_display: readFreeText(reading, 'case_id_display')?.trim(),
    global_id: readFreeText(reading, 'oscar_number')?.trim(),
    slug: readFreeText(reading, 'oscar_short_id')?.trim(),
  });
}

/** Given and family name as written. The short view of a case has the full name only; it stands as one. */
function namesIn(reading: Reading): [given?: string, family?: string] {
  const given = readFreeText(reading, 'name_first');
  const family = readFreeText(reading, 'name_last');
  if (given !== undefined || family !== undefined) return [given ?? '', family ?? ''];
  const name = readFreeText(reading, 'name');
  return name === undefined ? [] : [name];
}

function personIn(
  reading: Reading,
  [given = '', family = '']: ReturnType<typeof namesIn>,
  context: TranslationContext,
) {
  const phone = readFreeText(reading, 'telephone_current');
  return {
    given: splitName(given),
    family: splitName(family),
    nickname: readFreeText(reading, 'name_nickname'),
    sex: reading.option('sex', readSex, 'unknown option'),
    birthDate: readBirthDate(reading, 'date_of_birth', context.today),
    birthEstimated: reading.flag('estimated'),
    age: reading.count('age'),
    mosvyNumber: readFreeText(reading, 'mosvy_number'),
    phone: phone === undefined ? undefined : readPhone(phone),
    locationCode: locationCodeIn(reading, 'location_current'),
    address: readFreeText(reading, 'address_current'),
  };
}

const ownerAgency = (reading: Reading): string | undefined =>
  reading.code('owned_by_agency_id') ?? reading.code('owned_by_agency');

function caseFactsIn(reading: Reading, { codes }: TranslationContext) {
  const knownOscarStatus = (word: string) => (codes.oscarStatus(word) === undefined ? undefined : word.trim());
  return present({
    module_id: reading.code('module_id'),
    workflow: reading.code('workflow'),
    status:
      reading.option('status', readCaseStatus, 'unknown status') ??
      reading.option('child_status', readCaseStatus, 'unknown status'),
    record_state: reading.flag('record_state'),
    owned_by_agency: ownerAgency(reading),
    created_at: reading.moment('created_at'),
    registration_date: reading.date('registration_date'),
    interview_subject: reading.code('interview_subject'),
    protection_status: reading.code('protection_status'),
    oscar_status: reading.option('oscar_status', knownOscarStatus, 'unknown status'),
  });
}

/** What Primero says about consent is its claim. It is passed back to Primero and never counts as a consent here. */
function claimsIn(reading: Reading) {
  if (reading.code('protection_status') === copiedFromOscar) return {};
  return present({
    claimedConsentForServices: reading.flag('consent_for_services'),
    claimedDisclosureOtherOrgs: reading.flag('disclosure_other_orgs'),
  });
}

function sealedIn(reading: Reading) {
  const phone = reading.code('owned_by_phone');
  return sealedWords({
    identity: {
      owned_by: reading.code('owned_by'),
      owned_by_phone: phone === undefined ? undefined : readPhone(phone),
      name_first: keptWords(readFreeText(reading, 'name_first'), splitName, joinName),
      name_last: keptWords(readFreeText(reading, 'name_last'), splitName, joinName),
      name_middle: readFreeText(reading, 'name_middle'),
      name_other: readFreeText(reading, 'name_other'),
      age: reading.code('date_of_birth') === undefined ? reading.code('age') : undefined,
    },
    location: { location_current: keptWords(reading.code('location_current'), readLocationCode, primeroCode) },
    narrative: { oscar_reason_for_exiting: readFreeText(reading, 'oscar_reason_for_exiting') },
  });
}

const primeroCode = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : primeroLocationCode(code);
