import { loadCase, loadPerson, type LoadedCase, type LoadedPerson } from '#libs/case-log';
import { sealOf, type ForeignSystem, type KnownCase, type SealedFields } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { StoredEvent } from '#libs/event-store';
import type { CodeTables, ExportInput } from '#libs/interop';
import type { ExchangeParts } from './parts.js';

/** A case with all of it opened; undefined for a child who was forgotten and for a record that is sealed. */
export async function exportInput(
  parts: ExchangeParts,
  queries: Queryable,
  id: string,
): Promise<ExportInput | undefined> {
  const loaded = await loadCase(queries, id);
  if (loaded.state.status === 'none') return undefined;
  const person = await loadPerson(queries, parts.sealer, loaded.state.personId);
  return inputOf(parts, queries, id, { loaded, person, codes: await parts.codes.inForce() });
}

/** The same of a case that was loaded before. */
export async function inputOf(
  parts: ExchangeParts,
  queries: Queryable,
  caseId: string,
  { loaded, person, codes }: { loaded: LoadedCase; person: LoadedPerson; codes: CodeTables },
): Promise<ExportInput | undefined> {
  const { state, stored } = loaded;
  const { facts, identity, location } = person.state;
  if (state.status === 'none' || state.erased || facts === undefined) return undefined;
  const pathway = state.enrolment && parts.pathways.find(state.enrolment.pathway);
  // A court order opens a sealed record to people, never to another system.
  if (sealOf(state, pathway) !== undefined) return undefined;
  const present = state.enrolment && pathway?.definition.states[state.enrolment.state];
  return {
    caseId,
    person: { facts, identity, location },
    case: state,
    ...(await sealedWords(parts, queries, state, stored)),
    ...(present === undefined ? {} : { workflow: present.primeroWorkflow }),
    closed: present?.terminal === true,
    codes,
    now: parts.clock.now(),
  };
}

/** What other systems told us in words: what a later record leaves out is not taken back by it. */
async function sealedWords(
  { sealer }: ExchangeParts,
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
