import type { ForeignSystem, KnownCase } from '#libs/cases';
import type { Table } from './table.js';

/** Whether a case may go to another system, as far as that does not change with the day. */
export interface SharingRow {
  stream_id: string;
  system: ForeignSystem;
  /** The system told us of the case. */
  told: boolean;
  /** A consent to share that names the system was given at some time, in force or not. */
  asked: boolean;
  /** Last day of such a consent that was not withdrawn; `infinity`: without an end. */
  until: string | null;
}

export const sharingTable: Table<SharingRow> = {
  name: 'case_sharing',
  key: ['stream_id', 'system'],
  columns: ['stream_id', 'system', 'told', 'asked', 'until'],
};

const systems: readonly ForeignSystem[] = ['primero', 'oscar'];
const endless = 'infinity';

export function sharingRows(id: string, { foreign, consents }: KnownCase): SharingRow[] {
  return systems.flatMap((system) => {
    const told = foreign[system] !== undefined;
    const given = consents.filter(({ kind, recipient }) => kind === 'CONSENT_SHARING' && recipient === system);
    if (!told && given.length === 0) return [];
    const ends = given.filter(({ withdrawn }) => !withdrawn).map(({ endsOn }) => endsOn ?? endless);
    // Digits sort before letters, so that no end is the last.
    return [{ stream_id: id, system, told, asked: given.length > 0, until: ends.sort().at(-1) ?? null }];
  });
}
