import { localDateOf, plus, type Instant } from '#libs/calendar';
import type { CarerDetails, ServiceDetails } from '#libs/directories';
import type { Spean } from '#libs/composition';
import { staffedProvinces, staffMember } from './directory.js';
import { asActor } from './driver/team.js';
import { familyNames, givenNames } from './names.js';
import { Random } from './random.js';

type Offer = Pick<ServiceDetails, 'agency' | 'service' | 'capacity'> &
  Partial<Pick<ServiceDetails, 'provinces' | 'districts' | 'languages' | 'interpreter' | 'paused'>>;

const near = { provinces: ['12'] };
const around = { provinces: staffedProvinces };

/** What the invented agencies offer: some near, some in several provinces, one paused, few in other languages. */
const offers: readonly Offer[] = [
  { agency: 'counselling-calm', service: 'counselling_trauma', capacity: 12, ...near, languages: ['km', 'csx'] },
  { agency: 'counselling-calm', service: 'counselling_generalist', capacity: 30, ...near },
  { agency: 'ngo-bridge', service: 'counselling_generalist', capacity: 15, districts: ['1202', '1203'] },
  { agency: 'ngo-lotus', service: 'counselling_generalist', capacity: 20, ...around },
  { agency: 'ngo-lotus', service: 'counselling_trauma', capacity: 6, ...around, interpreter: true },
  { agency: 'hospital-riverside', service: 'medical_support_access_care', capacity: 60, ...around, interpreter: true },
  { agency: 'legal-aid-lantern', service: 'legal_support_representation', capacity: 25, ...around },
  { agency: 'ngo-bridge', service: 'legal_support_representation', capacity: 5, ...near },
  { agency: 'ngo-bridge', service: 'financial_development_material_assistance', capacity: 20, ...around },
  { agency: 'ngo-lotus', service: 'financial_development_material_assistance', capacity: 10, ...around, paused: true },
  { agency: 'ngo-lotus', service: 'social_work_case_work_community', capacity: 15, ...around },
  ...staffedProvinces.map((code) => ({
    agency: `osvy-${code}01`,
    service: 'social_work_case_work_community',
    capacity: 25,
    districts: [`${code}01`],
  })),
];

const carerKinds = [['KINSHIP'], ['FOSTER_EMERGENCY'], ['FOSTER_LONG'], ['FOSTER_EMERGENCY', 'FOSTER_LONG']];

/** Enters what agencies offer and a few invented carers, where the directories are empty. */
export async function writeOffers({ services, carers }: Spean, seed: number, now: Instant): Promise<void> {
  const known = await services.list({}, { limit: 1 });
  if (known.items.length > 0) return;
  const random = new Random(`${seed}/offers`);
  const request = { actor: asActor(staffMember('mosvy-officer')) };
  const day = (offset: string) => localDateOf(plus(now, offset, 'UTC'), 'Asia/Phnom_Penh');
  for (const offer of offers) {
    await services.add(request, random.id(), {
      provinces: [],
      districts: [],
      languages: ['km'],
      interpreter: false,
      paused: false,
      startsOn: day('-P400D'),
      endsOn: random.chance(0.3) ? day('P120D') : null,
      ...offer,
    });
  }
  for (const province of staffedProvinces) {
    for (const kinds of carerKinds) {
      await carers.register(request, random.id(), carer(random, province, kinds, day), words(random), true);
    }
  }
}

function carer(random: Random, province: string, kinds: string[], day: (offset: string) => string): CarerDetails {
  return {
    kinds,
    assessedOn: day(`-P${random.integer(30, 500)}D`),
    approvedUntil: day(`P${random.integer(1, 300)}D`),
    capacity: random.integer(1, 3),
    province,
    district: `${province}0${random.integer(1, 3)}`,
    languages: ['km'],
    paused: random.chance(0.1),
  };
}

/** A name that means nobody, and a number that cannot exist. */
function words(random: Random) {
  const [familyNameKm, familyNameLatin] = random.pick(familyNames);
  const [givenNameKm, givenNameLatin] = random.pick(givenNames);
  const phone = `+85500${random.integer(100_000, 999_999)}`;
  return { identity: { familyNameKm, familyNameLatin, givenNameKm, givenNameLatin, phone }, location: {} };
}
