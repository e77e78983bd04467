import { contextOf, loadSharingPolicy } from '#libs/access';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { cambodia, type Clock } from '#libs/calendar';
import { CaseCommands, type Answer } from '#libs/case-commands';
import type { Actor, CaseCommand, CaseCommandData, CaseCommandType } from '#libs/cases';
import type { MasterKeySources } from '#libs/configuration';
import { Database } from '#libs/database';
import { loadPathways } from '#libs/pathway-files';
import { pathwayKey } from '#libs/pathways';
import { openSealing } from '#libs/privacy';
import type { FreshDatabase } from './database.js';

export const context = contextOf(1);

const pathways = loadPathways();
const survivors = pathwayKey(pathways.current('A_OCSEA').definition);

/** Keeps the cases of a test, answers for those they are referred to, and wakes deadlines: access is not what these tests ask. */
const whoever: Actor = { id: 'sw-1', roles: ['OSVY_SW', 'INTEGRATION', 'SYSTEM'], agency: 'osvy-1', province: '17' };

/** The real handler of commands on a test's own database, with what a test wants to do with it in few words. */
export class CaseDesk {
  private constructor(
    readonly database: Database,
    readonly commands: CaseCommands,
    private readonly clock: Clock,
    private readonly folder: string,
  ) {}

  static async open({ urls, name }: FreshDatabase, clock: Clock): Promise<CaseDesk> {
    const folder = await mkdtemp(path.join(tmpdir(), 'spean-case-desk-'));
    const database = await Database.open({ url: urls.program });
    const file = path.join(folder, 'master.key');
    // One database has one key, however many desks are opened over it.
    await writeFile(file, createHash('sha256').update(name).digest(), { mode: 0o600 });
    const masterKeys: MasterKeySources = { active: { kind: 'file', file } };
    const sealing = await openSealing(database, context, masterKeys, { mayCreate: true });
    const commands = new CaseCommands({
      database,
      pathways,
      ...sealing,
      sharing: loadSharingPolicy(),
      clock,
      calendar: cambodia,
      context,
    });
    return new CaseDesk(database, commands, clock, folder);
  }

  /** Opens a case, enrolled in the pathway for survivors unless told otherwise. @returns its id */
  async openCase(data: Partial<CaseCommandData['OpenCase']> = {}): Promise<string> {
    const caseId = randomUUID();
    await this.execute(caseId, 'OpenCase', {
      code: `K-${caseId.slice(0, 8)}`,
      personId: randomUUID(),
      agency: 'osvy-1',
      owner: 'sw-1',
      province: '17',
      synthetic: true,
      pathway: survivors,
      ...data,
    });
    return caseId;
  }

  execute<T extends CaseCommandType>(caseId: string, type: T, data: CaseCommandData[T]): Promise<Answer> {
    return this.commands.execute({
      caseId,
      command: { type, data, occurredAt: this.clock.now(), precision: 'moment' } as CaseCommand,
      actor: whoever,
      purpose: 'case_management',
      traceId: '0'.repeat(32),
    });
  }

  rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.database.read(context, (queries) => queries.query<Row>('', text, values));
  }

  /** Changes the database beside the program, as an operator or an accident would. */
  change(text: string, values: unknown[] = []): Promise<void> {
    return this.database.unitOfWork.run(context, (tx) => tx.send('', text, values));
  }

  async close(): Promise<void> {
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
