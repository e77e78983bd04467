import type { FacilityType } from '#libs/pathways';
import { whenOf } from '../commands/open.js';
import { accepted, refused, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import type { SealedFields } from '../sealed.js';
import { unmet } from '../texts.js';
import type { FacilityCommand, FacilityPlace } from './commands.js';
import type { FacilityDetails, FacilityEvent, FacilityFacts } from './events.js';
import type { FacilityContext } from './register.js';
import type { KnownFacility } from './state.js';

export function registerFacility(
  command: FacilityCommand<'RegisterFacility'>,
  { register }: FacilityContext,
): Outcome<FacilityEvent> {
  const { place, ...facts } = command.data;
  const type = register.life.types[facts.type];
  const problems = [
    ...placeProblems(facts, type),
    ...(register.life.registered.includes(facts.state) ? [] : [unmet('FieldInvalid', 'state')]),
    ...capacityProblems(facts.capacity),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted<FacilityEvent>({
    type: 'FacilityRegistered',
    data: withoutPlace(facts, type),
    ...sealedOf(place, facts, type),
    ...whenOf(command),
  });
}

/** The problem sits on the facility, never on a child who is found there (C.12). */
export function reportUnregistered(
  command: FacilityCommand<'ReportUnregisteredFacility'>,
  { register }: FacilityContext,
): Outcome<FacilityEvent> {
  const { place, text, children, ...facts } = command.data;
  const type = register.life.types[facts.type];
  const problems = [...placeProblems(facts, type), ...countProblems('children', children)];
  if (problems.length > 0) return refused(...problems);
  return accepted<FacilityEvent>({
    type: 'UnregisteredFacilityReported',
    data: { ...withoutPlace(facts, type), state: register.life.found, reportedChildren: children },
    ...sealedOf(place, facts, type, text),
    ...whenOf(command),
  });
}

export function changeDetails(
  command: FacilityCommand<'ChangeFacilityDetails'>,
  state: KnownFacility,
  { register }: FacilityContext,
): Outcome<FacilityEvent> {
  const { place, ...details } = command.data;
  const type = register.life.types[state.type];
  const problems = [
    ...(details.capacity === undefined ? [] : capacityProblems(details.capacity)),
    ...villageProblems(details.village, state.district),
  ];
  if (problems.length > 0) return refused(...problems);
  const shown = withoutPlace(details, type);
  const differing = Object.entries(shown).filter(([name, value]) => state[name as keyof FacilityDetails] !== value);
  const sealed = sealedOf(place, details, type);
  const changed = [...differing.map(([name]) => name), ...Object.keys(place ?? {}).map((name) => `place.${name}`)];
  if (differing.length === 0 && sealed.sealed === undefined) return accepted<FacilityEvent>();
  return accepted<FacilityEvent>({
    type: 'FacilityDetailsChanged',
    data: { ...(Object.fromEntries(differing) as FacilityDetails), changed },
    ...sealed,
    ...whenOf(command),
  });
}

function placeProblems(
  { type: code, province, district, village }: Pick<FacilityFacts, 'type' | 'province' | 'district' | 'village'>,
  type: FacilityType | undefined,
): Unmet[] {
  return [
    ...(type === undefined ? [unmet('NotFound', 'type', code)] : []),
    ...(district.startsWith(province) ? [] : [unmet('FieldInvalid', 'district')]),
    ...villageProblems(village, district),
  ];
}

/** Codes of the gazetteer begin with those of what they lie in. */
function villageProblems(village: string | undefined, district: string): Unmet[] {
  return village === undefined || village.startsWith(district) ? [] : [unmet('FieldInvalid', 'village')];
}

function capacityProblems(capacity: number): Unmet[] {
  return countProblems('capacity', capacity);
}

function countProblems(field: string, count: number): Unmet[] {
  return Number.isInteger(count) && count >= 0 && count <= 10_000 ? [] : [unmet('FieldInvalid', field)];
}

/** Where a hidden facility lies does not stand in clear. */
function withoutPlace<Facts extends { village?: string }>(facts: Facts, type: FacilityType | undefined): Facts {
  const { village, ...rest } = facts;
  return (type?.hidden === true || village === undefined ? rest : facts) as Facts;
}

function sealedOf(
  place: FacilityPlace | undefined,
  { village }: { village?: string },
  type: FacilityType | undefined,
  text?: string,
): { sealed?: SealedFields } {
  const { name, ...where } = place ?? {};
  const location = { ...where, ...(type?.hidden === true && village !== undefined ? { village } : {}) };
  const sealed: SealedFields = {
    ...(name === undefined ? {} : { identity: { name } }),
    ...(Object.keys(location).length === 0 ? {} : { location }),
    ...(text === undefined ? {} : { narrative: { text } }),
  };
  return Object.keys(sealed).length === 0 ? {} : { sealed };
}
