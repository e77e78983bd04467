import type { Spean } from '#libs/composition';
import type { OutgoingRecord } from '#libs/interop';
import { v5 as uuidv5 } from 'uuid';
import { tellable, traceTelling, type Asker } from './asker.js';
import { holdCases, type HeldCase } from './held-cases.js';

/** What a case has raised, each alert once. @throws ReadNotRecorded */
export async function tellAlerts(spean: Spean, asker: Asker, held: HeldCase): Promise<OutgoingRecord[]> {
  await traceTelling(spean, asker, [held]);
  return alertsOf(held);
}

function alertsOf({ stored, sight }: HeldCase): OutgoingRecord[] {
  if (!sight.has('progress')) return [];
  return stored
    .filter(({ type }) => type === 'AlertRaised')
    .map(({ streamId, version, data, occurredAt }) => ({
      alert_for: data['alert'],
      type: data['alert'],
      date: occurredAt.slice(0, 'YYYY-MM-DD'.length),
      form_unique_id: null,
      unique_id: uuidv5(`alert ${version}`, streamId),
    }));
}

/** How many cases have raised something. */
export async function countAlerted(spean: Spean, asker: Asker): Promise<number> {
  const held = await holdCases(spean, asker.caller, await tellable(spean, 'primero', asker));
  return held.filter((each) => alertsOf(each).length > 0).length;
}

/** What every case of the child must heed. @throws ReadNotRecorded */
export async function tellFlags(spean: Spean, asker: Asker, held: HeldCase): Promise<OutgoingRecord[]> {
  await traceTelling(spean, asker, [held]);
  if (!held.sight.has('progress')) return [];
  return held.flags.map(({ flagId, kind, by }) => ({
    id: flagId,
    record_type: 'case',
    record_id: held.caseId,
    message: spean.pathways.common.personFlags[kind]?.title.en ?? kind,
    flagged_by: by,
    removed: false,
  }));
}
