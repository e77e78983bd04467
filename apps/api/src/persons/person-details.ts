import { ageOn, cambodia, localDateOf, type Instant } from '#libs/calendar';
import {
  ageBandOf,
  birthDateOf,
  type PersonDetails,
  type PersonFacts,
  type PersonIdentity,
  type PersonLocation,
  type Sex,
} from '#libs/cases';
import type { CaseView } from '#libs/read-models';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

/** What a request says of a person, as plain values. */
interface Told extends Clear {
  identity?: PersonIdentity;
  location?: PersonLocation;
}

interface Clear {
  sex?: Sex | null;
  province?: string | null;
  district?: string | null;
  synthetic?: boolean | null;
}

/** A person as they are to be recorded: what may stand in clear apart from what is sealed. */
export function registered({ identity = {}, location = {}, ...clear }: Told, now: Instant): PersonDetails {
  return { facts: factsOf(clear, identity, now), identity: { ...identity }, location: { ...location } };
}

/** A person as known, with what the request changes. */
export function changed(known: CaseView['person'], told: Told, now: Instant): PersonDetails {
  const identity = { ...known.identity, ...told.identity };
  const location = { ...known.location, ...told.location };
  const clear = {
    sex: told.sex ?? known.sex,
    province: told.province ?? known.province,
    district: told.district ?? known.district,
    synthetic: known.synthetic,
  };
  return { facts: factsOf(clear, identity, now), identity, location };
}

function factsOf({ sex, synthetic, province, district }: Clear, identity: PersonIdentity, now: Instant): PersonFacts {
  return {
    sex: sex ?? 'unknown',
    ageBand: ageBandOf(ageOf(identity, now)),
    ...(province === undefined || province === null ? {} : { province }),
    ...(district === undefined || district === null ? {} : { district }),
    synthetic: synthetic ?? false,
  };
}

/**
 * Years of age today, when the birth date is known to the day.
 *
 * @throws RequestProblem for a birth date that lies ahead.
 */
function ageOf(identity: PersonIdentity, now: Instant): number | undefined {
  const born = birthDateOf(identity);
  if (born === undefined) return undefined;
  const today = localDateOf(now, cambodia.zone);
  if (born > today) throw invalidFields(fieldError('identity.birthDate', { code: 'out_of_range' }));
  return ageOn(born, today);
}
