import { caseRelations, decideAccess, type ShownClass } from '#libs/access';
import type { Instant } from '#libs/calendar';
import type { Actor, KnownCase, SealedFields } from '#libs/cases';
import type { ExportInput } from '#libs/interop';
import type { Pathway } from '#libs/pathways';

/** What a program is told of a case, by class. */
export type Sight = ReadonlySet<ShownClass>;

/**
 * What policy lets a program be told: where its agency has a part in the case, what the agency may see; else what may go
 * to the other system at all. Who is shut out by an allegation was left out before.
 */
export function sightOf(
  caller: Actor,
  state: KnownCase,
  pathway: Pathway | undefined,
  now: Instant,
): Sight | undefined {
  const asked = caseRelations(state, pathway, []);
  return decideAccess('case.tell', caller, asked, now) ?? decideAccess('case.read', caller, asked, now);
}

/** A case with no more in it than may be seen. Before a referral is accepted, nothing but that referral. */
export function inputSeen(input: ExportInput, sight: Sight, { agency }: Actor): ExportInput {
  const { person, sealedForeign, referralTexts, case: known } = input;
  const referrals = sight.has('progress')
    ? known.referrals
    : Object.fromEntries(Object.entries(known.referrals).filter(([, { toAgency }]) => toAgency === agency));
  return {
    ...input,
    person: {
      facts: person.facts,
      identity: sight.has('identity') ? person.identity : {},
      location: sight.has('location') ? person.location : {},
    },
    case: { ...known, referrals },
    sealedForeign: Object.fromEntries(
      Object.entries(sealedForeign).map(([system, fields]) => [system, fieldsSeen(fields, sight)]),
    ),
    referralTexts: Object.fromEntries(
      Object.entries(referralTexts).map(([id, fields]) => [id, fieldsSeen(fields, sight)]),
    ),
  };
}

const fieldsSeen = (fields: SealedFields, sight: Sight): SealedFields =>
  Object.fromEntries(Object.entries(fields).filter(([fieldClass]) => sight.has(fieldClass as ShownClass)));
