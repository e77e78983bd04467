import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, CaseCommand, CaseCommandData, DecisionInput } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { pathwayKey } from '#libs/pathways';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { fillDirectory, type Directory } from '../../../../test/support/directory.js';
import { withClient } from '../../../../test/support/sql.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';
import type { Caller } from '../queries/scope.js';

type Data<T extends keyof CaseCommandData> = CaseCommandData[T];

/** Whoever may do anything in these stories. */
const hand: Actor = {
  id: 'agent-1',
  roles: ['SOCIAL_AGENT', 'OSVY_SW', 'NGO_CW', 'GK_CHAIR', 'PDOSVY_SUP', 'NGO_SUP', 'INTEGRATION', 'SYSTEM'],
  agency: 'osvy',
};

const chair: Actor = { id: 'chair-1', roles: ['GK_CHAIR', 'PDOSVY_SUP'], agency: 'agency-0', province: '12' };

/** Who sits on the panels of these stories. */
const committee: Directory = {
  agencies: ['agency-0', 'agency-1', 'agency-2'].map((id) => ({ id, type: 'government' })),
  staff: [
    { id: 'chair-1', agency: 'agency-0', roles: ['GK_CHAIR', 'PDOSVY_SUP'] },
    { id: 'member-1', agency: 'agency-1', roles: ['GK_MEMBER'] },
    { id: 'member-2', agency: 'agency-2', roles: ['GK_MEMBER'] },
  ],
};

/** The program's parts on a database of their own, and cases told in few words. */
export class ReportStage {
  readonly clock: VirtualClock;

  private constructor(
    readonly spean: Spean,
    readonly fresh: FreshDatabase,
    private readonly folder: string,
    clock: VirtualClock,
  ) {
    this.clock = clock;
  }

  static async open(start: string): Promise<ReportStage> {
    const [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-'))]);
    await fillDirectory(fresh, committee);
    const clock = new VirtualClock(start);
    const spean = await openSpean({
      databaseUrl: fresh.urls.program,
      masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
      mayCreateMasterKey: true,
      clock,
    });
    return new ReportStage(spean, fresh, folder, clock);
  }

  sql(text: string): Promise<unknown> {
    return withClient(this.fresh.urls.admin, (client) => client.query(text));
  }

  async open(pathway: string, more: Partial<Data<'OpenCase'>> = {}): Promise<string> {
    const caseId = uuidv7();
    await this.run(caseId, 'OpenCase', {
      code: `K-${caseId}`,
      personId: uuidv7(),
      agency: 'osvy',
      owner: 'agent-1',
      province: '12',
      district: '1202',
      synthetic: true,
      pathway: pathwayKey(this.spean.pathways.current(pathway).definition),
      ...more,
    });
    return caseId;
  }

  async run<T extends keyof CaseCommandData>(caseId: string, type: T, data: Data<T>, actor = hand): Promise<void> {
    const command = { type, data, occurredAt: this.clock.now(), precision: 'moment' } as unknown as CaseCommand;
    await this.spean.commands.execute({ caseId, actor, purpose: 'case_management', traceId: 'test', command });
  }

  move(caseId: string, track: string, to: string, row?: string): Promise<void> {
    return this.run(caseId, 'MoveTrack', { track, to, ...(row === undefined ? {} : { row }) });
  }

  facts(caseId: string, facts: Data<'RecordFacts'>['facts']): Promise<void> {
    return this.run(caseId, 'RecordFacts', { facts });
  }

  async documents(caseId: string, ...codes: string[]): Promise<void> {
    for (const code of codes) await this.run(caseId, 'RecordDocument', { documentId: uuidv7(), code });
  }

  /** A panel of three decides, and the chair, who submitted nothing, takes the step that carries it out. */
  decide(caseId: string, transition: string, decision: DecisionInput): Promise<void> {
    return this.take(caseId, transition, { decision }, chair);
  }

  /** Takes a step, declaring whatever a named person has to declare for it. */
  async take(
    caseId: string,
    transition: string,
    more: Partial<Data<'TakeTransition'>> = {},
    actor = hand,
  ): Promise<void> {
    const steps = (await this.spean.queries.findNextSteps(caseId, hand)) ?? [];
    const missing = steps.find((each) => each.transition === transition)?.missing ?? [];
    const attestations = missing
      .filter(({ code }) => code === 'AttestationMissing')
      .map(({ subject: guard }) => ({ guard, reason: 'seen and written down' }));
    await this.run(caseId, 'TakeTransition', { transition, attestations, ...more }, actor);
  }

  async close(): Promise<void> {
    await this.spean.close();
    await this.fresh.drop();
    await rm(this.folder, { recursive: true });
  }
}

export const nation: Caller = { id: 'ministry', roles: ['MOSVY_CPD'], agency: 'mosvy' };
export const colleague: Caller = { id: 'agent-2', roles: ['SOCIAL_AGENT'], agency: 'osvy' };
export const province = (code: string): Caller => ({
  id: `sup-${code}`,
  roles: ['PDOSVY_SUP'],
  agency: `pdosvy-${code}`,
  province: code,
});
