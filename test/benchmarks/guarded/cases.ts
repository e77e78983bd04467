import { createHash, randomUUID } from 'node:crypto';
import type { CaseCommands, CaseRequest } from '#libs/case-commands';
import type { Actor, CaseCommand } from '#libs/cases';
import type { Clock } from '#libs/calendar';
import { v7 as uuidv7 } from 'uuid';

export const agency = 'agency-one';
export const worker: Actor = { id: 'worker-1', roles: ['NGO_CW'], agency, province: '12' };
const supervisor: Actor = { id: 'supervisor-1', roles: ['NGO_SUP'], agency, province: '12' };

/** A case that the worker owns, and its child. */
export interface OpenedCase {
  readonly caseId: string;
  readonly personId: string;
}

type Bare<C> = C extends { occurredAt: string } ? Omit<C, 'occurredAt' | 'precision'> : never;

/** Opens as many cases, each of a made-up child of its own with a sealed name, taken on by the worker. */
export async function openCases(commands: CaseCommands, clock: Clock, count: number): Promise<OpenedCase[]> {
  const opened: OpenedCase[] = [];
  for (let number = 0; number < count; number += 1) opened.push(await openCase(commands, clock, number));
  return opened;
}

/** The same long note as anybody would write, sealed as narrative. */
export const noteOn = (caseId: string, clock: Clock): CaseRequest => ({
  ...requestOf(worker, caseId, clock, {
    type: 'AddNote',
    data: { noteId: uuidv7(), kind: 'NOTE', text: 'Synthetic words of a note on a made-up child. '.repeat(8) },
  }),
  idempotency: { caller: worker.id, key: randomUUID(), bodyDigest: createHash('sha256').update(caseId).digest() },
});

async function openCase(commands: CaseCommands, clock: Clock, number: number): Promise<OpenedCase> {
  const [personId, caseId] = [uuidv7(), uuidv7()];
  await commands.executePerson({
    ...{ actor: supervisor, purpose: 'case_management', traceId: 'benchmark', personId },
    command: {
      type: 'RegisterPerson',
      data: {
        facts: { sex: 'female', ageBand: '12-14', province: '12', synthetic: true },
        identity: { givenNameLatin: `Synthetic ${number}`, birthDate: '2013-05-01' },
        location: { address: `House ${number}, made up` },
      },
      ...{ occurredAt: clock.now(), precision: 'moment' },
    },
  });
  for (const command of beginning(personId, number)) {
    await commands.execute(requestOf(supervisor, caseId, clock, command));
  }
  return { caseId, personId };
}

const beginning = (personId: string, number: number): Bare<CaseCommand>[] => [
  {
    type: 'OpenCase',
    data: {
      ...{ code: `K-${number}`, personId, agency, province: '12', synthetic: true },
      ...{ pathway: 'A_OCSEA@1.0.0', facts: { dangerFlag: false } },
    },
  },
  {
    type: 'RecordDocument',
    data: { documentId: uuidv7(), code: 'INTAKE_REPORT', text: 'Synthetic words of a report' },
  },
  {
    type: 'TakeTransition',
    data: {
      transition: 'A01',
      assignee: { owner: worker.id, agency },
      attestations: [{ guard: 'A01.2', reason: 'searched by name and year' }],
    },
  },
];

const requestOf = (actor: Actor, caseId: string, clock: Clock, command: Bare<CaseCommand>): CaseRequest => ({
  ...{ caseId, actor, purpose: 'case_management', traceId: 'benchmark' },
  command: { ...command, occurredAt: clock.now(), precision: 'moment' },
});
