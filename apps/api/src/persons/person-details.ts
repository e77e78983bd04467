import { ageOn, cambodia, localDateOf, type Instant } from '#libs/calendar';
import { ageBandOf, birthDateOf, type PersonDetails, type PersonFacts } from '#libs/cases';
import type { CaseView } from '#libs/read-models';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';
import type { ChangePersonDetails, RegisterPerson } from './person-requests.js';

/** A person as they are to be recorded: what may stand in clear apart from what is sealed. */
export function registered(request: RegisterPerson, now: Instant): PersonDetails {
  const { sex, identity = {}, location = {}, synthetic = false } = request;
  return {
    facts: factsOf({ ...request, sex, synthetic }, identity, now),
    identity: { ...identity },
    location: { ...location },
  };
}

/** A person as known, with what the request changes. */
export function changed(known: CaseView['person'], request: ChangePersonDetails, now: Instant): PersonDetails {
  const identity = { ...known.identity, ...request.identity };
  const location = { ...known.location, ...request.location };
  const province = request.province ?? known.province ?? undefined;
  const district = request.district ?? known.district ?? undefined;
  const clear = {
    sex: request.sex ?? known.sex ?? 'unknown',
    ...(province === undefined ? {} : { province }),
    ...(district === undefined ? {} : { district }),
    synthetic: known.synthetic ?? false,
  };
  return { facts: factsOf(clear, identity, now), identity, location };
}

type Clear = Pick<PersonFacts, 'sex' | 'synthetic'> & { province?: string; district?: string };

function factsOf(
  { sex, synthetic, province, district }: Clear,
  identity: PersonDetails['identity'],
  now: Instant,
): PersonFacts {
  return {
    sex,
    ageBand: ageBandOf(ageOf(identity, now)),
    ...(province === undefined ? {} : { province }),
    ...(district === undefined ? {} : { district }),
    synthetic,
  };
}

/**
 * Years of age today, when the birth date is known to the day.
 *
 * @throws RequestProblem for a birth date that lies ahead.
 */
function ageOf(identity: PersonDetails['identity'], now: Instant): number | undefined {
  const born = birthDateOf(identity);
  if (born === undefined) return undefined;
  const today = localDateOf(now, cambodia.zone);
  if (born > today) throw invalidFields(fieldError('identity.birthDate', { code: 'out_of_range' }));
  return ageOn(born, today);
}
