import type { ForeignSystem, KnownCase, ReceivedRecord, ReceivedReferral } from '#libs/cases';
import type { CodeTables } from './codes/code-tables.js';
import { readOscarKey } from './oscar/key.js';
import { field } from './primero/vocabulary.js';
import { rowIdOf } from './primero/to-rows.js';
import { sentReferrals, type SentReferral } from './sent-referrals.js';
import { caseFact } from './service-facts.js';

/** By what a referral can be known again in the other system. */
interface Marks {
  readonly system: ForeignSystem | undefined;
  /** Id of its row in Primero. */
  readonly row: string | undefined;
  /** Id of the service as OSCaR was told it, where that is not the one of the kind of service. */
  readonly uuid: string | undefined;
  /** OSCaR's id of the kind of service, the same for every child. */
  readonly kind: string;
  /** OSCaR's name of the service. */
  readonly name: string;
  /** OSCaR's number of it, unique for one organisation. */
  readonly number: string | undefined;
  readonly agencies: readonly string[];
}

/**
 * Which referrals of ours are meant by those of a record, by their keys. The hourly jobs carry each system's referrals into
 * the other one: with the id of Primero's row as OSCaR's id of the service, with OSCaR's number in Primero's row, or with
 * nothing but the kind of service. Whoever hears of a referral from both sides hears of one.
 */
export function sameReferrals(
  known: KnownCase,
  { system, facts, referrals }: Pick<ReceivedRecord, 'system' | 'facts' | 'referrals'>,
  codes: CodeTables,
): ReadonlyMap<string, string> {
  const ours = new Map(
    sentReferrals(known).map((referral) => [referral.referralId, marksOfOurs(referral, known, codes)]),
  );
  const meant = new Map<string, string>();
  for (const referral of referrals.filter(({ key }) => !Object.hasOwn(known.referrals, key))) {
    const theirs = marksOf(referral, system, numberIn(facts[numberFact(referral.key)]), codes);
    const found = [...ours].find(([, marks]) => isSame(marks, theirs))?.[0];
    if (found === undefined) continue;
    meant.set(referral.key, found);
    // Two of theirs that are alike are two.
    ours.delete(found);
  }
  return meant;
}

function isSame(ours: Marks, theirs: Marks): boolean {
  // Sent on by a job as a service of its own, also when we had heard of it from OSCaR and told Primero.
  if (theirs.uuid !== undefined && theirs.uuid === ours.row) return true;
  const here = ours.system !== theirs.system && ours.name === theirs.name;
  if (!here || !ours.agencies.some((agency) => theirs.agencies.includes(agency))) return false;
  if (ours.number !== theirs.number) return false;
  // A job that was given no number writes the kind of service where the id of the row belongs.
  if (ours.number !== undefined) return true;
  return ours.row === theirs.kind || theirs.row === ours.kind || (theirs.row !== undefined && theirs.row === ours.uuid);
}

function marksOfOurs(referral: SentReferral, known: KnownCase, codes: CodeTables): Marks {
  const number = referral.key === undefined ? undefined : caseFact(known, 'primero', numberFact(referral.key));
  const { system, key = '' } = referral;
  return { ...marksOf({ ...referral, key }, system, number, codes), row: rowIdOf(referral) };
}

function marksOf(
  { key, service, fromAgency, toAgency }: Pick<ReceivedReferral, 'key' | 'service' | 'fromAgency' | 'toAgency'>,
  system: ForeignSystem | undefined,
  number: string | undefined,
  codes: CodeTables,
): Marks {
  const { uuid: kind, name } = codes.services.toOscar(service);
  const common = { system, kind, name, agencies: [fromAgency, toAgency] };
  if (system !== 'oscar') return { ...common, row: key, uuid: undefined, number };
  const { uuid, referralId, organization } = readOscarKey(key);
  const own = { uuid: uuid.toLowerCase() || undefined, number: referralId || undefined };
  return { ...common, row: undefined, ...own, agencies: [codes.agencies.fromOscar(organization)] };
}

const numberFact = (key: string): string => `services/${key}/${field.oscarReferralId}`;

const numberIn = (fact: unknown): string | undefined =>
  typeof fact === 'string' || typeof fact === 'number' ? String(fact) : undefined;
