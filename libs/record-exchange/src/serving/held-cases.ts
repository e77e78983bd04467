import { loadCases, loadPersons, type LoadedCase, type LoadedPerson } from '#libs/case-log';
import type { Actor, PersonFlag } from '#libs/cases';
import type { Spean } from '#libs/composition';
import type { Queryable } from '#libs/database';
import type { StoredEvent } from '#libs/event-store';
import type { CodeTables, ExportInput } from '#libs/interop';
import { makeKnown } from '#libs/pathway-files';
import type { CaseToTell } from '#libs/read-models';
import { inputOf } from '../export-input.js';
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
  { told, loaded, person, codes }: Found,
): Promise<HeldCase | undefined> {
  const whole = await inputOf(spean, queries, told.caseId, { loaded, person, codes });
  if (whole === undefined) return undefined;
  const { case: state } = whole;
  const pathway = state.enrolment && spean.pathways.find(state.enrolment.pathway);
  const sight = sightOf(caller, state, pathway, whole.now);
  if (sight === undefined) return undefined;
  const seen = inputSeen(whole, sight, caller);
  const { flags } = person.state;
  return { ...told, personId: state.personId, sight, whole, seen, stored: loaded.stored, flags };
}
