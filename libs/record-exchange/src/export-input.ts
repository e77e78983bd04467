import { loadCase, loadPerson, type LoadedCase } from '#libs/case-log';
import { sealOf, type ForeignSystem, type SealedFields } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { ExportInput } from '#libs/interop';
import type { ExchangeParts } from './parts.js';

/** A case with all of it opened; undefined for a child who was forgotten and for a record that is sealed. */
export async function exportInput(
  spean: ExchangeParts,
  queries: Queryable,
  id: string,
): Promise<ExportInput | undefined> {
  const loaded = await loadCase(queries, id);
  const { state } = loaded;
  if (state.status === 'none' || state.erased) return undefined;
  const person = await loadPerson(queries, spean.sealer, state.personId);
  const { facts, identity, location } = person.state;
  if (facts === undefined) return undefined;
  const pathway = state.enrolment && spean.pathways.find(state.enrolment.pathway);
  // A court order opens a sealed record to people, never to another system.
  if (sealOf(state, pathway) !== undefined) return undefined;
  const present = state.enrolment && pathway?.definition.states[state.enrolment.state];
  return {
    caseId: id,
    person: { facts, identity, location },
    case: state,
    ...(await sealedWords(spean, queries, state.personId, loaded)),
    ...(present === undefined ? {} : { workflow: present.primeroWorkflow }),
    closed: present?.terminal === true,
    now: spean.clock.now(),
  };
}

/** Opens what other systems told us in words: the latest of each system, and of each referral. */
async function sealedWords(spean: ExchangeParts, queries: Queryable, personId: string, { stored }: LoadedCase) {
  const sealedForeign: ExportInput['sealedForeign'] = {};
  const referralTexts: Record<string, SealedFields> = {};
  for (const { streamId, version, type, data, sealed } of stored) {
    if (type !== 'ForeignRecordReceived' && type !== 'ReferralReceived' && type !== 'ReferralDrafted') continue;
    const opened = (await spean.sealer.unseal(queries, { personId, streamId, version }, sealed)) as SealedFields;
    if (type === 'ForeignRecordReceived') sealedForeign[data['system'] as ForeignSystem] = opened;
    else referralTexts[data['referralId'] as string] = opened;
  }
  return { sealedForeign, referralTexts };
}
