import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { v7 as uuidv7 } from 'uuid';

import type { Clock } from '#libs/calendar';
import type { Answer, Envelope } from '#libs/case-commands';
import { facilityIdOf } from '#libs/case-log';
import type {
  Actor,
  CaseCommand,
  CaseCommandData,
  CaseCommandType,
  FacilityCommand,
  FacilityCommandData,
  FacilityCommandType,
} from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';

import type { FreshDatabase } from './database.js';
import type { Directory } from './directory.js';

/** Who keeps the register of a province, and who works in the field and in a facility there. */
export const province: Actor = { id: 'province-1', roles: ['PDOSVY_SUP'], agency: 'pdosvy-17', province: '17' };
export const secondProvince: Actor = { ...province, id: 'province-2' };
export const fieldWorker: Actor = { id: 'field-1', roles: ['OSVY_SW', 'NGO_SUP'], agency: 'osvy-1701', province: '17' };
export const panelChair: Actor = { id: 'chair-1', roles: ['GK_CHAIR'], agency: 'pdosvy-17', province: '17' };
export const panelMembers: Actor[] = ['member-1', 'member-2'].map((id) => ({
  id,
  roles: ['GK_MEMBER'],
  agency: 'ccwc-17',
  province: '17',
}));

/** Those who decide at the gates, as the directory knows them. */
export const deciders: Directory = {
  agencies: ['osvy-1701', 'pdosvy-17', 'ccwc-17'].map((id) => ({ id, type: 'GOVERNMENT' })),
  staff: [fieldWorker, panelChair, ...panelMembers],
};

export const managerOf = (facility: string): Actor => ({
  id: `manager-${facility}`,
  roles: ['RCF_DIR', 'OSVY_SW'],
  agency: facility,
});

/** A child who lives in a facility. */
export interface Resident {
  personId: string;
  caseId: string;
}

type More = Partial<Envelope> & { at?: string };

/** The whole program below its interface, with what a test wants of facilities and of the children in them. */
export class FacilityDesk {
  private constructor(
    readonly spean: Spean,
    private readonly clock: Clock,
    private readonly folder: string,
  ) {}

  static async open({ urls }: FreshDatabase, clock: Clock): Promise<FacilityDesk> {
    const folder = await mkdtemp(path.join(tmpdir(), 'spean-facility-desk-'));
    const masterKeys: MasterKeySources = { active: { kind: 'file', file: path.join(folder, 'master.key') } };
    const spean = await openSpean({ databaseUrl: urls.program, masterKeys, mayCreateMasterKey: true, clock });
    return new FacilityDesk(spean, clock, folder);
  }

  /** Enters an authorised residential care institution unless told otherwise. @returns its id */
  async register(code: string, data: Partial<FacilityCommandData['RegisterFacility']> = {}): Promise<string> {
    await this.tell(code, 'RegisterFacility', {
      code,
      type: 'RCI',
      province: '17',
      district: '1701',
      agency: province.agency,
      owner: province.id,
      state: 'AUTHORISED',
      capacity: 20,
      synthetic: true,
      ...data,
    });
    return facilityIdOf(code);
  }

  /** Reports a group home that nobody registered, with 35 children in it unless told otherwise. @returns its id */
  async report(code: string, data: Partial<FacilityCommandData['ReportUnregisteredFacility']> = {}): Promise<string> {
    await this.tell(
      code,
      'ReportUnregisteredFacility',
      {
        code,
        type: 'GROUP_HOME',
        province: '17',
        district: '1701',
        agency: province.agency,
        owner: province.id,
        children: 35,
        synthetic: true,
        ...data,
      },
      { actor: fieldWorker },
    );
    return facilityIdOf(code);
  }

  tell<T extends FacilityCommandType>(
    code: string,
    type: T,
    data: FacilityCommandData[T],
    { at = this.clock.now(), ...more }: More = {},
  ): Promise<Answer> {
    const command = { type, data, occurredAt: at, precision: 'moment' } as unknown as FacilityCommand;
    return this.spean.commands.executeFacility({
      ...this.#envelope(province),
      facilityId: facilityIdOf(code),
      command,
      ...more,
    });
  }

  move(code: string, to: string, data: Partial<FacilityCommandData['MoveFacility']> = {}): Promise<Answer> {
    return this.tell(code, 'MoveFacility', { to, reasonCode: 'DANGER', ...data });
  }

  inspect(code: string, result: string, more: More = {}): Promise<Answer> {
    return this.tell(
      code,
      'RecordInspection',
      { inspectionId: uuidv7(), inspector: province.id, result, findings: ['OTHER'] },
      more,
    );
  }

  async accuse(code: string, text = 'Synthetic words of an allegation'): Promise<string> {
    const accusationId = uuidv7();
    await this.tell(code, 'AccuseFacility', { accusationId, text }, { actor: fieldWorker });
    return accusationId;
  }

  /** A child found in a facility, with a case of their own. */
  async resident(
    facility: string,
    facts: CaseCommandData['RecordFacts']['facts'] = {},
    data: Partial<CaseCommandData['OpenCase']> = {},
  ): Promise<Resident> {
    return this.openCase({ facts: { facilityId: facility, admission: 'EXISTING', ...facts }, ...data });
  }

  /** A case of a child who may be brought into a facility, unless told otherwise. */
  async openCase(data: Partial<CaseCommandData['OpenCase']> = {}, birthDate = '2014-05-02'): Promise<Resident> {
    const [personId, caseId] = [uuidv7(), uuidv7()];
    const facts = { sex: 'female' as const, ageBand: '12-14' as const, province: '17', synthetic: true };
    await this.spean.commands.executePerson({
      ...this.#envelope(fieldWorker),
      personId,
      command: {
        type: 'RegisterPerson',
        data: { facts, identity: { givenNameKm: 'គំរូ', birthDate }, location: {} },
        occurredAt: this.clock.now(),
        precision: 'moment',
      },
    });
    await this.case(caseId, 'OpenCase', {
      code: `K-${caseId.slice(-8).toUpperCase()}`,
      personId,
      agency: fieldWorker.agency,
      owner: fieldWorker.id,
      province: '17',
      synthetic: true,
      pathway: 'C_REINTEGRATION@1.0.0',
      ...data,
    });
    return { personId, caseId };
  }

  case<T extends CaseCommandType>(
    caseId: string,
    type: T,
    data: CaseCommandData[T],
    { at = this.clock.now(), ...more }: More = {},
  ): Promise<Answer> {
    const command = { type, data, occurredAt: at, precision: 'moment' } as unknown as CaseCommand;
    return this.spean.commands.execute({ ...this.#envelope(fieldWorker), caseId, command, ...more });
  }

  rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.spean.database.read(this.spean.context, (queries) => queries.query<Row>('', text, values));
  }

  async close(): Promise<void> {
    await this.spean.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #envelope(actor: Actor): Envelope {
    return { actor, purpose: 'case_management', traceId: '0'.repeat(32) };
  }
}

/** Codes and subjects of everything that was missing. @throws when nothing was refused */
export async function unmetOf(asked: Promise<unknown>): Promise<string[]> {
  const error: unknown = await asked.then(
    () => new Error('was not refused'),
    (refused: unknown) => refused,
  );
  const { refusal } = error as { refusal?: { unmet: { code: string; subject: string }[] } };
  if (refusal === undefined) throw error as Error;
  return refusal.unmet.map(({ code, subject }) => `${code} ${subject}`).toSorted();
}
