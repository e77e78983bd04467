import type { SharingPolicy } from '#libs/access';
import type { ForeignSystem, PersonDetails, SealedFields } from '#libs/cases';
import type { ExportInput } from '#libs/interop';
import type { Parcel } from './decide-leaving.js';

/** What packing depends on beside the parcel. */
export interface Packing {
  readonly system: ForeignSystem;
  /** Id of the pathway; undefined while the case waits to be enrolled. */
  readonly pathway: string | undefined;
  readonly sharing: SharingPolicy;
}

/**
 * The case with what the parcel opens and nothing else, for a translator to put into shape. Where the child's identity is
 * not open, the code of the case stands for the name.
 */
export function packed(input: ExportInput, parcel: Parcel, packing: Packing): ExportInput {
  const kept = new Map(parcel.referrals.map(({ referralId, words }) => [referralId, words]));
  const referrals = Object.fromEntries(Object.entries(input.case.referrals).filter(([id]) => kept.has(id)));
  const identified = parcel.shows.has('identity');
  const { risk } = input.case;
  return {
    ...input,
    person: personIn(input, parcel, packing.sharing.beforeAcceptance),
    case: {
      ...input.case,
      referrals,
      // OSCaR refuses a referral without a level of risk; nobody else needs it to answer.
      risk: identified || packing.system === 'oscar' ? risk : undefined,
    },
    sealedForeign: parcel.told ? ownWords(input, packing) : {},
    referralTexts: Object.fromEntries(
      Object.entries(input.referralTexts).flatMap(([id, texts]) => (kept.get(id) === true ? [[id, texts]] : [])),
    ),
  };
}

/** What they told us goes back, but for the words where a pathway lets none out. */
function ownWords({ sealedForeign }: ExportInput, { system, pathway, sharing }: Packing): ExportInput['sealedForeign'] {
  const told = sealedForeign[system];
  if (told === undefined) return {};
  return { [system]: sharing.mayTellWords(pathway) ? told : withoutNarrative(told) };
}

const withoutNarrative = (told: SealedFields): SealedFields =>
  Object.fromEntries(Object.entries(told).filter(([fieldClass]) => fieldClass !== 'narrative'));

function personIn({ person, case: known }: ExportInput, { shows }: Parcel, staged: readonly string[]): PersonDetails {
  const { facts, identity, location } = person;
  const district = staged.includes('district') ? (known.district ?? facts.district) : undefined;
  const identified = shows.has('identity');
  return {
    facts: {
      ...facts,
      sex: identified || staged.includes('sex') ? facts.sex : 'unknown',
      ageBand: identified || staged.includes('age_band') ? facts.ageBand : 'unknown',
    },
    identity: identified ? identity : { givenNameLatin: known.code },
    location: shows.has('location') ? location : district === undefined ? {} : { locationCode: district },
  };
}
