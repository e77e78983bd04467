import { ageOn, cambodia, localDateOf } from '#libs/calendar';
import { birthDateOf, type PersonIdentity, type PersonLocation } from '#libs/cases';
import { primeroLocationCode, readLocationCode } from '../location.js';
import { joinName, splitName, type ScriptedName } from '../names.js';
import { present } from '../objects.js';
import { wordsIn } from '../sealed-words.js';
import { caseFact } from '../service-facts.js';
import { inTheirWords } from '../their-words.js';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { consentsTold } from './consent.js';
import { freeText } from './free-text.js';
import { caseIdsOf } from './to-identifiers.js';
import { rowsOf } from './to-rows.js';
import { childProtection, setByPrimero } from './vocabulary.js';

/**
 * A case as Primero v2 accepts it. What Primero would drop in silence or refuse never goes out: no empty text, no null,
 * no free text that is a bare date, no field of ownership, assignment or approval.
 */
export function toPrimero(input: ExportInput): OutgoingRecord {
  const { case: known } = input;
  const fact = (field: string): string | undefined => caseFact(known, 'primero', field);
  return present({
    ...caseIdsOf(input),
    module_id: fact('module_id') ?? childProtection,
    workflow: input.workflow ?? fact('workflow'),
    status: statusOf(input, fact('status')),
    record_state: known.foreign.primero?.facts['record_state'],
    created_at: fact('created_at'),
    registration_date: fact('registration_date') ?? localDateOf(known.openedAt, cambodia.zone),
    interview_subject: fact('interview_subject'),
    protection_status: fact('protection_status'),
    ...personOf(input),
    risk_level: known.risk?.level,
    ...consentsTold(input),
    oscar_status: caseFact(known, 'oscar', 'oscar_status') ?? fact('oscar_status'),
    oscar_reason_for_exiting: freeText(exitReason(input)),
    services_section: rowsOf(input),
  });
}

/**
 * What Primero said last, except that a case is not closed there that is being worked on here. One that waits to be enrolled
 * is as closed as it was told to be.
 */
function statusOf({ closed, case: { enrolment } }: ExportInput, told: string | undefined): string {
  if (closed) return 'closed';
  if (told === undefined || told === setByPrimero) return 'open';
  return told === 'closed' && enrolment !== undefined ? 'open' : told;
}

function personOf(input: ExportInput) {
  const { identity, location, facts } = input.person;
  const sealed = input.sealedForeign.primero;
  const kept = (name: string): string | undefined => wordsIn(sealed, 'identity', name);
  return {
    ...namesOf(identity, kept),
    name_middle: freeText(kept('name_middle')),
    name_other: freeText(kept('name_other')),
    name_nickname: freeText(identity.nickname),
    sex: facts.sex === 'unknown' ? undefined : facts.sex,
    ...birthOf(input),
    mosvy_number: freeText(identity.mosvyNumber),
    telephone_current: freeText(identity.phone),
    location_current: locationOf(location, wordsIn(sealed, 'location', 'location_current')),
    address_current: freeText(location.address),
  };
}

function namesOf(identity: PersonIdentity, kept: (name: string) => string | undefined) {
  const given: ScriptedName = present({ km: identity.givenNameKm, latin: identity.givenNameLatin });
  const family: ScriptedName = present({ km: identity.familyNameKm, latin: identity.familyNameLatin });
  return {
    name_first: freeText(inTheirWords(kept('name_first'), given, splitName, joinName)),
    name_last: freeText(inTheirWords(kept('name_last'), family, splitName, joinName)),
  };
}

/** Primero has no birth dates known to the year only; it is told the age instead, as an estimate. */
function birthOf({ person: { identity }, sealedForeign, now }: ExportInput) {
  const today = localDateOf(now, cambodia.zone);
  const birthDate = birthDateOf(identity);
  if (birthDate !== undefined) {
    return { date_of_birth: birthDate, age: ageOn(birthDate, today), estimated: identity.birthEstimated };
  }
  const year = identity.birthDate?.slice(0, 'YYYY'.length);
  if (year !== undefined) return { age: Number(today.slice(0, 'YYYY'.length)) - Number(year), estimated: true };
  const told = wordsIn(sealedForeign.primero, 'identity', 'age');
  return { age: told === undefined ? undefined : Number(told), estimated: identity.birthEstimated };
}

function locationOf({ locationCode, addressCode }: PersonLocation, theirs: string | undefined): string | undefined {
  const code = locationCode ?? addressCode;
  return inTheirWords(theirs, code, readLocationCode, (known) =>
    known === undefined ? undefined : primeroLocationCode(known),
  );
}

const exitReason = ({ sealedForeign }: ExportInput): string | undefined =>
  wordsIn(sealedForeign.oscar, 'narrative', 'reason_for_exiting') ??
  wordsIn(sealedForeign.primero, 'narrative', 'oscar_reason_for_exiting');
