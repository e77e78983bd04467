import { loadCases, loadPersons, type LoadedCase, type LoadedPerson } from '#libs/case-log';
import {
  sealOf,
  type Actor,
  type ForeignSystem,
  type KnownCase,
  type PersonFlag,
  type SealedFields,
} from '#libs/cases';
import type { Spean } from '#libs/composition';
import type { Queryable } from '#libs/database';
import type { StoredEvent } from '#libs/event-store';
import type { CodeTables, ExportInput } from '#libs/interop';
import { makeKnown } from '#libs/pathway-files';
import type { CaseToTell } from '#libs/read-models';
import { inputSeen, sightOf, type Sight } from './sight.js';

/** A case as one program may see it. */
export interface HeldCase extends CaseToTell {
  readonly personId: string;
  readonly sight: Sight;
  /** As far as the program may see it. */
  readonly seen: ExportInput;
  /** All of it: what a change is merged over, and never told. */
  readonly whole: ExportInput;
  readonly stored: readonly StoredEvent[];
  readonly flags: readonly PersonFlag[];
}

/** Cases read in one transaction: few enough to hold open, enough that thousands of them take a few round trips. */
const batch = 500;

/** Opens cases for a program, in their order. Read in batches, because one after the other would take minutes. */
export async function holdCases(spean: Spean, caller: Actor, cases: readonly CaseToTell[]): Promise<HeldCase[]> {
  const held: HeldCase[] = [];
  for (let start = 0; start < cases.length; start += batch) {
    const part = cases.slice(start, start + batch);
    held.push(...(await spean.database.read(spean.context, (queries) => holdBatch(spean, queries, caller, part))));
  }
  return held;
}

async function holdBatch(
  spean: Spean,
  queries: Queryable,
  caller: Actor,
  part: readonly CaseToTell[],
): Promise<HeldCase[]> {
  const loaded = await loadCases(
    queries,
    part.map(({ caseId }) => caseId),
  );
  const known = [...loaded.values()].flatMap(({ state }) => (state.status === 'known' ? [state] : []));
  const people = await loadPersons(
    queries,
    spean.sealer,
    known.map(({ personId }) => personId),
  );
  for (const key of new Set(known.map(({ enrolment }) => enrolment?.pathway))) await makeKnown(spean.pathways, key);
  const codes = await spean.codes.inForce();
  const held: HeldCase[] = [];
  for (const told of part) {
    const each = loaded.get(told.caseId);
    const person = each?.state.status === 'known' ? people.get(each.state.personId) : undefined;
    if (each === undefined || person === undefined) continue;
    const case_ = await holdCase(spean, queries, caller, { told, loaded: each, person, codes });
    if (case_ !== undefined) held.push(case_);
  }
  return held;
}

interface Found {
  told: CaseToTell;
  loaded: LoadedCase;
  person: LoadedPerson;
  codes: CodeTables;
}

async function holdCase(
  spean: Spean,
  queries: Queryable,
  caller: Actor,
  { told, loaded: { state, stored }, person: { state: person }, codes }: Found,
): Promise<HeldCase | undefined> {
  if (state.status === 'none' || state.erased || person.facts === undefined) return undefined;
  const { facts, identity, location, flags } = person;
  const pathway = state.enrolment && spean.pathways.find(state.enrolment.pathway);
  if (sealOf(state, pathway) !== undefined) return undefined;
  const now = spean.clock.now();
  const sight = sightOf(caller, state, pathway, now);
  if (sight === undefined) return undefined;
  const present = state.enrolment && pathway?.definition.states[state.enrolment.state];
  const whole: ExportInput = {
    caseId: told.caseId,
    person: { facts, identity, location },
    case: state,
    ...(await sealedWords(spean, queries, state, stored)),
    ...(present === undefined ? {} : { workflow: present.primeroWorkflow }),
    closed: present?.terminal === true,
    codes,
    now,
  };
  return { ...told, personId: state.personId, sight, whole, seen: inputSeen(whole, sight, caller), stored, flags };
}

/** What other systems told us in words: what a later record leaves out is not taken back by it. */
async function sealedWords(
  { sealer }: Spean,
  queries: Queryable,
  { personId }: KnownCase,
  stored: readonly StoredEvent[],
): Promise<Pick<ExportInput, 'sealedForeign' | 'referralTexts'>> {
  const sealedForeign: ExportInput['sealedForeign'] = {};
  const referralTexts: Record<string, SealedFields> = {};
  for (const { streamId, version, type, data, sealed } of stored) {
    if (type !== 'ForeignRecordReceived' && type !== 'ReferralReceived' && type !== 'ReferralDrafted') continue;
    const opened = (await sealer.unseal(queries, { personId, streamId, version }, sealed)) as SealedFields;
    if (type !== 'ForeignRecordReceived') referralTexts[data['referralId'] as string] = opened;
    else {
      const system = data['system'] as ForeignSystem;
      sealedForeign[system] = withWords(sealedForeign[system] ?? {}, opened);
    }
  }
  return { sealedForeign, referralTexts };
}

const withWords = (before: SealedFields, told: SealedFields): SealedFields =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(told)])].map((name) => {
      const fieldClass = name as keyof SealedFields;
      return [name, { ...before[fieldClass], ...told[fieldClass] }];
    }),
  );
