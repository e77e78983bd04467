import { isDeepStrictEqual } from 'node:util';

import type { Expectation } from './expectation.js';
import type { OurCase, Ours } from './ours.js';
import type { Partners } from './partners.js';

/** What is wrong at the end, each with the case it concerns. Empty when the promises held. */
export interface Verdict {
  readonly duplicateCases: string[];
  readonly lostReferrals: string[];
  readonly doubledReferrals: string[];
  readonly differingFields: string[];
  /** A system knows of a child of whom it may not know. */
  readonly leaked: string[];
}

type Find = (fault: keyof Verdict, what: string) => void;

/** Compares what Primero, OSCaR and we have with how each story must end. */
export function judge(expected: readonly Expectation[], ours: Ours, partners: Partners): Verdict {
  const verdict: Verdict = {
    ...{ duplicateCases: [], lostReferrals: [], doubledReferrals: [], differingFields: [], leaked: [] },
  };
  const find: Find = (fault, what) => void verdict[fault].push(what);
  for (const each of expected) {
    judgeOurs(each, ours.byId(each.caseId), find);
    judgePrimero(each, partners, find);
    judgeOscar(each, partners, find);
  }
  countCases(expected, ours, partners, find);
  return verdict;
}

function judgeOurs({ story, caseId, ours }: Expectation, found: OurCase | undefined, find: Find): void {
  const states = found?.referrals.map(({ state }) => state) ?? [];
  compareReferrals(`${story}, ${caseId}, here`, ours.referrals, states, find);
}

function judgePrimero({ story, caseId, primero: wanted }: Expectation, { primero }: Partners, find: Find): void {
  const where = `${story}, ${caseId}, in Primero`;
  const stored = primero.state.cases.get(wanted?.id ?? caseId);
  if (wanted === null) {
    if (stored !== undefined) find('leaked', where);
    return;
  }
  if (stored === undefined) return find('lostReferrals', `${where}: no case`);
  const transitions = primero.state.transitionsOf(stored.id, 'Referral').map(({ status }) => status);
  compareReferrals(where, wanted.transitions, transitions, find);
  const rows = (stored.data['services_section'] ?? []) as Record<string, unknown>[];
  compareReferrals(
    `${where}, rows`,
    wanted.rows,
    rows.map((row) => row['referral_status_edf41f2']),
    find,
  );
  compareFields(where, wanted.fields, stored.data, find);
}

function judgeOscar({ story, caseId, primero, oscar: wanted }: Expectation, { oscar }: Partners, find: Find): void {
  const where = `${story}, ${caseId}, at OSCaR`;
  const { clients, referrals } = oscar.state;
  if (wanted === null) {
    const names = [caseId, primero?.id];
    if ([...clients, ...referrals].some(({ external_id: id }) => names.includes(id))) find('leaked', where);
    return;
  }
  const { id } = wanted;
  const isMeant =
    'external' in id
      ? ({ external_id: known }: { external_id: string }) => known === id.external
      : (each: { global_id?: string; client_global_id?: string }) =>
          (each.global_id ?? each.client_global_id) === id.global;
  compareReferrals(
    where,
    wanted.referrals,
    referrals.filter(isMeant).map((each) => each.referral_status),
    find,
  );
  const [client, ...more] = clients.filter(isMeant);
  if (more.length > 0) find('duplicateCases', where);
  compareFields(where, wanted.fields, { ...client }, find);
}

/** Too few are lost, too many are doubled; as many in another state have lost what was last said of them. */
function compareReferrals(where: string, wanted: readonly string[], found: readonly unknown[], find: Find): void {
  const told = `${where}: ${found.join(', ') || 'none'} instead of ${wanted.join(', ') || 'none'}`;
  if (found.length > wanted.length) find('doubledReferrals', told);
  else if (!isDeepStrictEqual([...found].sort(), [...wanted].sort())) find('lostReferrals', told);
}

function compareFields(
  where: string,
  wanted: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  find: Find,
): void {
  const differing = Object.keys(wanted).filter((field) => !isDeepStrictEqual(wanted[field], found[field]));
  if (differing.length > 0) find('differingFields', `${where}: ${differing.join(', ')}`);
}

/** One case a child, everywhere, however often its record came. */
function countCases(expected: readonly Expectation[], ours: Ours, { primero }: Partners, find: Find): void {
  const children = new Set(ours.cases.map(({ personId }) => personId)).size;
  const ourMore = ours.cases.length - expected.length;
  if (ourMore > 0 || children !== ours.cases.length) find('duplicateCases', `here: ${ourMore} too many`);
  const theirs = expected.filter((each) => each.primero !== null).length;
  const theirMore = primero.state.cases.size - theirs;
  if (theirMore > 0) find('duplicateCases', `in Primero: ${theirMore} too many`);
}
