import { shippedCodes, type KnownService } from '#libs/interop';
import { plus } from '#libs/calendar';
import { demonstrationAgencies } from '../directory.js';
import { words } from '../words.js';
import type { RecordedChild } from './children.js';
import { birthDateIn, khmerVariant, locationIn, phoneIn, type Dirt } from './dirt.js';

const services = [...shippedCodes.services.known.values()].filter(({ type }) => type !== null);
const partners = demonstrationAgencies.filter(({ type }) => type === 'ngo').map(({ id }) => `agency-${id}`);

/** The child's case as Primero would hold it. */
export function primeroRecord(recorded: RecordedChild): Record<string, unknown> {
  const { child, dirt, registeredAt } = recorded;
  const { random } = dirt;
  const { identity, facts } = child.details;
  const khmer = (name = ''): string => dirt.spoil(10, 'Khmer name', name, () => khmerVariant(name, dirt));
  const location = locationIn(dirt, child.district);
  const changedAt = plus(registeredAt, `PT${random.integer(1, 23)}H`, 'UTC');
  return {
    synthetic: true,
    id: primeroId(recorded),
    case_id: primeroId(recorded),
    case_id_display: primeroId(recorded).slice(0, 7),
    ...(recorded.linked ? { oscar_number: oscarId(recorded) } : {}),
    name_first: `${khmer(identity.givenNameKm)} (${identity.givenNameLatin ?? ''})`,
    name_last: `${khmer(identity.familyNameKm)} (${identity.familyNameLatin ?? ''})`,
    name_nickname: 'SYNTHETIC',
    sex: facts.sex,
    date_of_birth: birthDateIn(dirt, child.birthDate) ?? null,
    location_current:
      location === undefined ? null : dirt.spoil(12, 'no leading zero', location, () => location.replace(/^0/u, '')),
    telephone_current: phoneIn(dirt, identity.phone ?? '+855 00 000 000'),
    risk_level: random.pick(['high', 'medium', 'low']),
    status: dirt.spoil(0.1, 'status unknown', random.pick(['open', 'open', 'closed']), () => 'opne'),
    owned_by_agency: 'agency-mosvy',
    created_at: registeredAt,
    last_updated_at: changedAt,
    consent_for_services: true,
    services_section: Array.from({ length: random.integer(0, 2) }, () => serviceRow(dirt)),
  };
}

export const primeroId = ({ child: { personId } }: RecordedChild): string => personId;

/** 26 letters and digits, as OSCaR numbers children everywhere. */
export const oscarId = ({ child: { personId } }: RecordedChild): string =>
  personId.replaceAll('-', '').toUpperCase().slice(0, 26);

function serviceRow(dirt: Dirt): Record<string, unknown> {
  const { random } = dirt;
  const first = random.pick(services);
  const second = services.find(({ type, code }) => type === first.type && code !== first.code) ?? first;
  const asked = dirt.spoil(9, 'two services in one row', [first], () => [first, second]);
  return {
    unique_id: random.id(),
    service_response_type: 'referral_to_oscar',
    service_type: first.type,
    service_subtype: dirt.spoil(7, 'service not specified', codesOf(asked), () => []),
    service_implementing_agency: random.pick(partners),
    service_referral_notes: words.referral,
  };
}

/** A type of Primero's own seed has no subtypes. */
const codesOf = (asked: readonly KnownService[]): string[] => [
  ...new Set(asked.filter(({ code, type }) => code !== type).map(({ code }) => code)),
];
