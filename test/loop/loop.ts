import { isDeepStrictEqual } from 'node:util';

import type { ForeignSystem } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { toOscar, toPrimero, type ExportInput, type OutgoingRecord } from '#libs/interop';
import { exportInput, findCaseByAnyId, importRecords } from '#libs/record-exchange';
import { exceptions, onlyThere, untouched } from './fields.js';
import type { Sample } from './samples.js';

/** What became of one field of a sample on its way to the other system and back. */
export interface Fate {
  readonly sample: string;
  /** With the name of the subform before it, for a field of a service. */
  readonly field: string;
  readonly fate: 'kept' | 'no place' | 'lost';
  /** Why it is not kept. */
  readonly why: string;
}

/** Two installations that know nothing of each other or of the sample, so that nothing but the records can carry a field. */
export type Stations = readonly [Spean, Spean];

const rows = { primero: 'services_section', oscar: 'services' } as const;
const write: Readonly<Record<ForeignSystem, (input: ExportInput) => OutgoingRecord[]>> = {
  primero: (input) => [toPrimero(input)],
  oscar: toOscar,
};

/** Takes a record in at one station, hands it to the second as the other system has it, and has it written again there. */
export async function loop([first, second]: Stations, { name, system, record }: Sample): Promise<Fate[]> {
  const other = system === 'primero' ? 'oscar' : 'primero';
  const here = await takenIn(first, system, [record]);
  const there = await takenIn(second, other, write[other](here));
  return compared(name, system, { told: record, sent: write[system](here), back: write[system](there) });
}

async function takenIn(spean: Spean, system: ForeignSystem, records: readonly OutgoingRecord[]): Promise<ExportInput> {
  const { summary } = await importRecords(spean, system, records);
  if (summary.quarantined.length > 0) throw new Error(summary.quarantined.map(({ reason }) => reason).join('; '));
  const id = ['case_id', 'external_id', 'global_id'].map((each) => records[0]?.[each]).find((each) => each);
  const input = await spean.database.read(spean.context, async (queries) => {
    const caseId = await findCaseByAnyId(queries, String(id));
    return caseId === undefined ? undefined : exportInput(spean, queries, caseId);
  });
  if (input === undefined) throw new Error('the record became no case');
  return input;
}

interface Told {
  readonly told: OutgoingRecord;
  /** As we write what was told, before it travels. */
  readonly sent: readonly OutgoingRecord[];
  readonly back: readonly OutgoingRecord[];
}

function compared(sample: string, system: ForeignSystem, { told, sent, back }: Told): Fate[] {
  const [section, reasons] = [rows[system], onlyThere[system]];
  const fateOf = (field: string, around: OutgoingRecord, [before, after]: readonly [unknown, unknown]): Fate => {
    if (isDeepStrictEqual(before, after)) return { sample, field, fate: 'kept', why: '' };
    const exception = exceptions.find(({ fields, holds }) => fields.includes(field) && holds(before, around));
    const why = reasons[field] ?? exception?.why;
    return { sample, field, fate: why === undefined ? 'lost' : 'no place', why: why ?? '' };
  };
  const [before = {}, after = {}] = [sent[0], back[0]];
  const fields = Object.keys(before).filter((field) => field !== section && isTold(before[field]));
  const later = servicesIn(back, section);
  const services = servicesIn(sent, section).flatMap((service) => {
    const same = later.find((each) => isDeepStrictEqual(serviceOf(each), serviceOf(service))) ?? {};
    const told = Object.keys(service).filter((field) => isTold(service[field]));
    return told.map((field) => fateOf(`${section}.${field}`, service, [service[field], same[field]]));
  });
  const unread = Object.keys(told).filter((field) => Array.isArray(told[field]) && !(field in before));
  return [
    ...fields.map((field) => fateOf(field, before, [before[field], after[field]])),
    ...services,
    ...unread.map((field): Fate => ({ sample, field, fate: 'no place', why: untouched })),
  ];
}

const servicesIn = (records: readonly OutgoingRecord[], section: string): OutgoingRecord[] =>
  records.flatMap((record) => record[section] as OutgoingRecord[]);

/** By what a service is found again: its code in Primero, its name in OSCaR. */
const serviceOf = ({ service_subtype, service_type, name }: OutgoingRecord): unknown =>
  name ?? [service_type, service_subtype];

const isTold = (value: unknown): boolean =>
  value !== '' && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

/** One line a field, whatever samples it stands in: the worst that became of it. */
export function tableOf(fates: readonly Fate[]): string {
  const worst = new Map<string, Fate>();
  const order = ['kept', 'no place', 'lost'];
  for (const each of fates) {
    const known = worst.get(each.field);
    if (known === undefined || order.indexOf(each.fate) > order.indexOf(known.fate)) worst.set(each.field, each);
  }
  const width = Math.max(...[...worst.keys()].map(({ length }) => length));
  return [...worst.values()]
    .map(({ field, fate, why }) => `${field.padEnd(width)}  ${fate.padEnd(8)}  ${why}`.trimEnd())
    .join('\n');
}
