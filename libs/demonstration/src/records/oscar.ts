import type { RecordedChild } from './children.js';
import { birthDateIn, khmerVariant, latinVariant, locationIn, phoneIn } from './dirt.js';
import { oscarId, primeroId } from './primero.js';

/** The child as OSCaR would list them: another hand wrote the name down. */
export function oscarRecord(recorded: RecordedChild): Record<string, unknown> {
  const { child, dirt } = recorded;
  const { random } = dirt;
  const { identity, facts } = child.details;
  const khmer = (name = ''): string => dirt.spoil(10, 'Khmer name', name, () => khmerVariant(name, dirt));
  const latin = (name = ''): string => dirt.spoil(8, 'Latin name', name, () => latinVariant(name, dirt));
  return {
    synthetic: true,
    global_id: oscarId(recorded),
    slug: `syn-${recorded.number}`,
    ...(recorded.linked ? { external_id: primeroId(recorded) } : {}),
    given_name: latin(identity.givenNameLatin),
    family_name: latin(identity.familyNameLatin),
    local_given_name: khmer(identity.givenNameKm),
    local_family_name: khmer(identity.familyNameKm),
    gender: facts.sex,
    date_of_birth: birthDateIn(dirt, child.birthDate) ?? null,
    location_current_village_code: locationIn(dirt, child.district) ?? '',
    organization_name: random.pick(['ngo-bridge', 'ngo-lotus']),
    status: status(recorded),
    level_of_risk: random.pick(['high', 'medium', 'low', 'no action']),
    case_worker_mobile: phoneIn(dirt, '+855 00 000 001'),
    services: [],
  };
}

function status({ dirt }: RecordedChild): string {
  if (dirt.happens(0.1, 'status mistyped')) return 'Accetped';
  return dirt.spoil(
    0.1,
    'status unknown',
    dirt.random.pick(['Accepted', 'Active', 'Referred']),
    () => 'Pending review',
  );
}
