import type { SharingPolicy } from '#libs/access';
import { missingForSharing, type DecideContext, type KnownCase, type ReferralStatus } from '#libs/cases';
import type { ExchangeTarget } from '#libs/configuration';
import { partnerOf, sentReferrals, type CodeTables } from '#libs/interop';
import type { FieldClass } from '#libs/privacy';
import { mayLeave } from '#libs/record-exchange';

/** Why something did not leave. */
export type LeavingRefusal =
  | 'erased'
  | 'sealed'
  | 'consent_missing'
  | 'consent_withdrawn'
  | 'conflict_of_interest'
  | 'content_facts'
  | 'offence_data';

/** All that the decision depends on, as it stands at the moment of sending. */
export interface LeavingAsked {
  readonly state: KnownCase;
  /** The record was closed when a diversion was completed; a court order opens it to people, never to a system. */
  readonly sealed: boolean;
  /** Id of the pathway (`A_OCSEA`); undefined while the case waits to be enrolled. */
  readonly pathway: string | undefined;
  readonly target: Pick<ExchangeTarget, 'id' | 'system' | 'serves' | 'users'>;
  /** This very instance told us of the case. */
  readonly told: boolean;
  /** Agencies that an allegation shuts out of everything about the child. */
  readonly shutOut: readonly string[];
  readonly sharing: SharingPolicy;
  readonly codes: CodeTables;
  readonly context: Pick<DecideContext, 'now' | 'calendar' | 'common' | 'birthDate'>;
}

/** What may go to one recipient. */
export interface Parcel {
  /** The organisation; for a Primero, which holds a case once for all of its agencies, the target. */
  readonly recipient: string;
  /** The recipient told us of the case itself. */
  readonly told: boolean;
  /** Classes that are open to the recipient; none of them: what a referral tells before it is accepted. */
  readonly shows: ReadonlySet<FieldClass>;
  readonly referrals: readonly { readonly referralId: string; readonly words: boolean }[];
}

export interface Withheld {
  readonly recipient: string;
  /** Null: the case itself. */
  readonly referralId: string | null;
  readonly reason: LeavingRefusal;
}

export interface Leaving {
  readonly parcels: readonly Parcel[];
  readonly withheld: readonly Withheld[];
}

type Sent = ReturnType<typeof sentReferrals>[number];

/** States in which an accepted referral goes on opening what was granted for it. */
const answered: readonly string[] = ['ACCEPTED', 'IN_SERVICE', 'COMPLETED'];

/**
 * What of a case may leave to a target now, recipient by recipient and referral by referral, and what may not and why.
 * Pure: asked anew each time something is about to be sent, so that a consent withdrawn a second ago counts.
 */
export function decideLeaving(asked: LeavingAsked): Leaving {
  const { state, sealed, target } = asked;
  const refusal = state.erased ? 'erased' : sealed ? 'sealed' : undefined;
  if (refusal !== undefined) return nothing(target.id, refusal);
  if ([target.id, target.system].some((name) => isShutOut(name, asked)))
    return nothing(target.id, 'conflict_of_interest');
  return target.system === 'primero' ? toPrimero(asked) : toOrganisations(asked);
}

const nothing = (recipient: string, reason: LeavingRefusal): Leaving => ({
  parcels: [],
  withheld: [{ recipient, referralId: null, reason }],
});

/** One parcel: the case, with the referrals that may be known there. */
function toPrimero(asked: LeavingAsked): Leaving {
  const { state, target, told, sharing } = asked;
  const whole = consentFor([target.system, target.id], told, false, asked);
  const judged = sentReferrals(state).map((referral) => ({
    referral,
    refusal:
      refusalOf(referral, referral.toAgency, asked) ?? (whole === 'given' ? undefined : byAgency(referral, asked)),
  }));
  const withheld = judged.flatMap(({ referral, refusal }) =>
    refusal === undefined ? [] : [{ recipient: referral.toAgency, referralId: referral.referralId, reason: refusal }],
  );
  const kept = judged.flatMap(({ referral, refusal }) => (refusal === undefined ? [referral] : []));
  if (whole !== 'given' && kept.length === 0) {
    return { parcels: [], withheld: [{ recipient: target.id, referralId: null, reason: whole }, ...withheld] };
  }
  const shows = whole === 'given' ? new Set(sharing.exchangedWith('primero')) : granted(kept, asked);
  return { parcels: [parcelOf(target.id, told, shows, kept, asked)], withheld };
}

/** Without a consent that names the system, only what its own agencies are asked to do may be known there. */
function byAgency({ toAgency }: Sent, asked: LeavingAsked): LeavingRefusal | undefined {
  const { agencies } = asked.target.serves;
  const itsOwn = agencies.includes(toAgency) || Object.hasOwn(asked.target.users, toAgency);
  const consent = itsOwn ? consentFor([toAgency], false, true, asked) : 'consent_missing';
  return consent === 'given' ? undefined : consent;
}

/** A parcel for each organisation: a child's data sent to the wrong one is in the wrong hands. */
function toOrganisations(asked: LeavingAsked): Leaving {
  const { state, target, codes } = asked;
  const sent = sentReferrals(state);
  const own = asked.told ? state.foreign.oscar?.facts['organization_name'] : undefined;
  const partners = new Set([
    ...sent.map((referral) => partnerOf(referral, { case: state, codes })),
    ...(typeof own === 'string' ? [own] : []),
  ]);
  const { agencies } = target.serves;
  const served = [...partners].filter((each) => agencies.length === 0 || agencies.includes(each));
  const each = served.map((organisation) =>
    toOrganisation(
      organisation,
      organisation === own,
      sent.filter((referral) => partnerOf(referral, { case: state, codes }) === organisation),
      asked,
    ),
  );
  return {
    parcels: each.flatMap(({ parcels }) => parcels),
    withheld: each.flatMap(({ withheld }) => withheld),
  };
}

function toOrganisation(organisation: string, own: boolean, sent: Sent[], asked: LeavingAsked): Leaving {
  const { target, sharing } = asked;
  const told = asked.told && (own || sent.some(({ system }) => system === 'oscar'));
  if (isShutOut(organisation, asked)) return nothing(organisation, 'conflict_of_interest');
  const consent = consentFor([organisation, target.system, target.id], told, true, asked);
  if (consent !== 'given') return nothing(organisation, consent);
  const judged = sent.map((referral) => ({ referral, refusal: refusalOf(referral, organisation, asked) }));
  const withheld = judged.flatMap(({ referral: { referralId }, refusal }) =>
    refusal === undefined ? [] : [{ recipient: organisation, referralId, reason: refusal }],
  );
  const kept = judged.flatMap(({ referral, refusal }) => (refusal === undefined ? [referral] : []));
  const shows = told ? new Set(sharing.exchangedWith('oscar')) : granted(kept, asked);
  const parcels = kept.length === 0 && !told ? [] : [parcelOf(organisation, told, shows, kept, asked)];
  return { parcels, withheld };
}

function parcelOf(
  recipient: string,
  told: boolean,
  shows: ReadonlySet<FieldClass>,
  kept: readonly Sent[],
  asked: LeavingAsked,
): Parcel {
  const { sharing, pathway } = asked;
  const words = (referral: Sent): boolean =>
    sharing.mayTellWords(pathway) &&
    ((asked.told && referral.system === asked.target.system) || granted([referral], asked).has('narrative'));
  return {
    recipient,
    told,
    shows,
    referrals: kept.map((referral) => ({ referralId: referral.referralId, words: words(referral) })),
  };
}

/** What speaks against telling of a referral at all, whoever consented. */
function refusalOf(referral: Sent, recipient: string, asked: LeavingAsked): LeavingRefusal | undefined {
  const { sharing, pathway } = asked;
  if (isShutOut(recipient, asked)) return 'conflict_of_interest';
  return sharing.withheldFrom(pathway, referral.service.code);
}

function isShutOut(name: string, { state, shutOut }: LeavingAsked): boolean {
  return shutOut.includes(name) || state.conflicts.some(({ ref }) => ref === name);
}

/** What accepted referrals have opened and not closed again. */
function granted(referrals: readonly ReferralStatus[], { context }: LeavingAsked): Set<FieldClass> {
  const open = referrals.flatMap(({ state, grant }) =>
    grant !== undefined && answered.includes(state) && context.now < grant.until ? grant.classes : [],
  );
  return new Set(open);
}

/**
 * Whether a consent in force names one of these recipients and is complete for the child's age; or, while nobody was
 * asked, whether they told us of the case themselves.
 *
 * @param orException whether an exception stands in: where a person sent a referral on the strength of it
 */
function consentFor(
  recipients: readonly string[],
  told: boolean,
  orException: boolean,
  { state, target, context }: LeavingAsked,
): 'given' | 'consent_missing' | 'consent_withdrawn' {
  const named = state.consents.filter(
    ({ kind, recipient }) => kind === 'CONSENT_SHARING' && recipient !== undefined && recipients.includes(recipient),
  );
  const known = told ? state : { ...state, foreign: {} };
  const when = { now: context.now, zone: context.calendar.zone };
  const leaves = mayLeave(known, target.system, recipients, when);
  if (leaves && named.length === 0) return 'given';
  const complete = recipients.some((each) => missingForSharing(state, each, context).length === 0);
  if (leaves && complete) return 'given';
  if (named.some(({ withdrawn }) => withdrawn)) return 'consent_withdrawn';
  return orException && complete ? 'given' : 'consent_missing';
}
