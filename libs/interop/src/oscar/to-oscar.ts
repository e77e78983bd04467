import { isDeepStrictEqual } from 'node:util';
import { birthDateOf } from '#libs/cases';
import type { ScriptedName } from '../names.js';
import { present } from '../objects.js';
import { oscarRisk } from '../risk.js';
import { wordsIn } from '../sealed-words.js';
import { sentReferrals, type SentReferral } from '../sent-referrals.js';
import { caseFact } from '../service-facts.js';
import { readSex } from '../sex.js';
import { inTheirWords } from '../their-words.js';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { readOscarName, writeOscarName } from './names.js';
import { partnerOf, serviceOf } from './to-services.js';
import { workerOf } from './workers.js';

/**
 * A case as OSCaR lists its clients, one record for each organisation that has a part in it: a record names one
 * organisation for all its services, and a service sent to the wrong one is a child's data in the wrong hands.
 * OSCaR wants empty text instead of null.
 */
export function toOscar(input: ExportInput): OutgoingRecord[] {
  const referrals = sentReferrals(input.case);
  const own = caseFact(input.case, 'oscar', 'organization_name');
  const partners = new Set([
    ...referrals.map((referral) => partnerOf(referral, input)),
    ...(own === undefined ? [] : [own]),
  ]);
  return [...(partners.size === 0 ? [''] : partners)].map((organization) => {
    const sent = referrals.filter((referral) => partnerOf(referral, input) === organization);
    return recordFor(organization, sent, input);
  });
}

function recordFor(organization: string, sent: SentReferral[], input: ExportInput): OutgoingRecord {
  const fact = (field: string): string => caseFact(input.case, 'oscar', field) ?? '';
  const isOwn = organization === fact('organization_name');
  return {
    ...identifiersOf(input),
    ...personOf(input),
    level_of_risk: input.case.risk === undefined ? '' : oscarRisk(input.case.risk.level),
    status: statusOf(input, fact('oscar_status') || (caseFact(input.case, 'primero', 'oscar_status') ?? '')),
    reason_for_referral: reasonOf(sent, input),
    reason_for_exiting: exitReason(input),
    is_referred: input.case.foreign.oscar?.facts['is_referred'] ?? sent.length > 0,
    resource: resourceOf(sent, input, fact('resource')),
    organization_name: organization,
    organization_id: isOwn ? numberOrText(fact('organization_id')) : '',
    organization_address_code: isOwn ? fact('organization_address_code') : '',
    ...workersOf(sent, input),
    referral_consent_form: [],
    ...present({
      protection_status: caseFact(input.case, 'oscar', 'protection_status'),
      referral_status: caseFact(input.case, 'oscar', 'referral_status'),
      date_of_referral: caseFact(input.case, 'oscar', 'date_of_referral'),
      transaction_id: caseFact(input.case, 'oscar', 'transaction_id'),
    }),
    services: sent.map((referral) => serviceOf(referral, input)),
  };
}

function identifiersOf({ case: { foreign } }: ExportInput) {
  const known: Record<string, string | undefined> = { ...foreign.primero?.identifiers, ...foreign.oscar?.identifiers };
  return {
    global_id: known['global_id'] ?? '',
    slug: known['slug'] ?? '',
    external_id: known['case_id'] ?? '',
    external_id_display: known['case_id_display'] ?? '',
  };
}

function personOf({ person: { identity, location, facts }, sealedForeign: { oscar } }: ExportInput) {
  const given = nameOf('given_name', present({ km: identity.givenNameKm, latin: identity.givenNameLatin }), oscar);
  const family = nameOf('family_name', present({ km: identity.familyNameKm, latin: identity.familyNameLatin }), oscar);
  const locationCode = location.locationCode ?? '';
  return {
    ...given,
    ...family,
    gender: inTheirWords(wordsIn(oscar, 'identity', 'gender'), facts.sex, readSex, (sex) => sex) ?? '',
    date_of_birth: birthDateOf(identity) ?? '',
    mosvy_number: identity.mosvyNumber ?? '',
    location_current_village_code: locationCode,
    address_current_village_code: location.addressCode ?? locationCode,
  };
}

function nameOf(field: string, name: ScriptedName, sealed: ExportInput['sealedForeign']['oscar']) {
  const theirs = {
    latin: wordsIn(sealed, 'identity', field) ?? '',
    local: wordsIn(sealed, 'identity', `local_${field}`) ?? '',
  };
  const { latin, local } = isDeepStrictEqual(readOscarName(theirs), name) ? theirs : writeOscarName(name);
  return { [field]: latin, [`local_${field}`]: local };
}

/** A case that ended here has left; else OSCaR's own word; else whether the case has been taken up. */
function statusOf({ closed, case: known }: ExportInput, told: string): string {
  if (closed) return 'Exited';
  if (told !== '') return told;
  return known.enrolment === undefined ? 'Referred' : 'Active';
}

/** Every reason once. The record has one place for the reasons of all its services. */
function reasonOf(sent: SentReferral[], { sealedForeign, referralTexts }: ExportInput): string {
  const told = wordsIn(sealedForeign.oscar, 'narrative', 'reason_for_referral');
  const reasons = sent.map(({ referralId }) => wordsIn(referralTexts[referralId], 'narrative', 'text'));
  return [...new Set([told, ...reasons])].filter((reason) => reason !== undefined).join('\n');
}

const exitReason = ({ sealedForeign }: ExportInput): string =>
  wordsIn(sealedForeign.oscar, 'narrative', 'reason_for_exiting') ??
  wordsIn(sealedForeign.primero, 'narrative', 'oscar_reason_for_exiting') ??
  '';

/**
 * Who refers, where that is the same for all services of the record; else where the case came from, recorded once: a link
 * made later never turns an OSCaR client into a government one.
 */
function resourceOf(sent: SentReferral[], input: ExportInput, told: string): string {
  const { receivedFrom } = input.case;
  const own = receivedFrom === 'oscar' ? told : '';
  const byPartner = sent.map((each) => input.codes.agencies.toOscar(each.fromAgency) === partnerOf(each, input));
  if (sent.length > 0 && byPartner.every((each) => each)) return own;
  if (sent.length > 0 && byPartner.every((each) => !each)) return 'primero';
  return receivedFrom === 'oscar' ? told : 'primero';
}

/** The organisation's own workers, and the government's: for OSCaR, whoever owns the case in Primero. */
function workersOf(sent: SentReferral[], input: ExportInput) {
  const { oscar, primero } = input.sealedForeign;
  const { name, phone } = workerOf(sent, input);
  const own = (field: string): string | undefined => wordsIn(oscar, 'identity', field);
  const owner = wordsIn(primero, 'identity', 'owned_by');
  return {
    case_worker_name: name ?? '',
    case_worker_mobile: phone ?? '',
    external_case_worker_name: own('external_case_worker_name') ?? owner ?? '',
    external_case_worker_id: own('external_case_worker_id') ?? owner ?? '',
    external_case_worker_mobile:
      own('external_case_worker_mobile') ?? wordsIn(primero, 'identity', 'owned_by_phone') ?? '',
    ...present({ external_case_worker_email: own('external_case_worker_email') }),
  };
}

const numberOrText = (text: string): string | number => (/^\d{1,15}$/.test(text) ? Number(text) : text);
