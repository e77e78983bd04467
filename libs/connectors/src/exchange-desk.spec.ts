import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadPerson } from '#libs/case-log';
import { openSpean, type Spean } from '#libs/composition';
import type { Actor, CaseCommand, CaseCommandData, CaseCommandType, PersonDetails } from '#libs/cases';
import type { ExchangeTarget } from '#libs/configuration';
import { Subscriber } from '#libs/event-store';
import { createLog } from '#libs/logging';
import { OutboundHttp } from '#libs/outbound';
import { pathwayKey } from '#libs/pathways';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { nothingOlderRuns } from '../../../test/support/horizon.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { Exchange } from './exchange.js';
import { oweNow } from './owed/owed-cases.js';

const whoever: Actor = { id: 'sw-1', roles: ['OSVY_SW', 'INTEGRATION', 'SYSTEM'], agency: 'osvy-1', province: '17' };

/** The whole exchange on a test's own database, with targets that the test plays itself. */
export class ExchangeDesk {
  exchange!: Exchange;
  readonly clock = new VirtualClock('2026-03-16T02:00:00.000Z');
  readonly #outbound = new OutboundHttp({ mayReachLoopback: true, patienceMs: 2_000 });
  #fresh!: FreshDatabase;
  #folder!: string;
  spean!: Spean;
  targets: ExchangeTarget[] = [];

  static async open(): Promise<ExchangeDesk> {
    const desk = new ExchangeDesk();
    desk.#fresh = await freshDatabase();
    desk.#folder = await mkdtemp(path.join(tmpdir(), 'spean-exchange-'));
    desk.spean = await openSpean({
      databaseUrl: desk.#fresh.urls.program,
      masterKeys: { active: { kind: 'file', file: path.join(desk.#folder, 'master.key') } },
      mayCreateMasterKey: true,
      erasureLedger: path.join(desk.#folder, 'erasures.jsonl'),
      clock: desk.clock,
    });
    for (const agency of ['osvy-1', 'mosvy', 'cif', 'tpo']) {
      await desk.change(`INSERT INTO agencies VALUES (1, $1, 'ngo', 'An agency', '17')`, [agency]);
    }
    await desk.change(`INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES
      (1, 'sw-1', 'osvy-1', '{OSVY_SW}', 'Social worker')`);
    return desk;
  }

  connect(targets: ExchangeTarget[]): void {
    this.targets = targets;
    this.exchange = new Exchange({
      ...this.spean,
      targets,
      outbound: this.#outbound,
      log: createLog('test', 'silent'),
      random: () => 0.5,
      sleep: () => Promise.resolve(),
    });
  }

  target(more: Partial<ExchangeTarget> & Pick<ExchangeTarget, 'id' | 'system' | 'url'>): ExchangeTarget {
    const contact = { name: 'Referral desk', phone: '012345678' };
    const serves = { agencies: [], provinces: ['17'] };
    return { account: 'spean', secret: 'not-a-real-one', serves, requestsPerSecond: 100, users: {}, contact, ...more };
  }

  /** What the worker does by itself: follows the feed, then sends. */
  async send(): Promise<void> {
    await this.follow();
    await this.exchange.sweepOnce();
  }

  async follow(): Promise<void> {
    const { database, context } = this.spean;
    await nothingOlderRuns(database, context);
    const subscriber = new Subscriber(database, this.exchange.projection, { context });
    while ((await subscriber.step()) === 'advanced');
  }

  /** A child and a case of it. @returns the id of the case */
  async openCase(
    more: Partial<CaseCommandData['OpenCase']> & { pathwayId?: string } = {},
    level: 'low' | 'high' = 'high',
  ): Promise<string> {
    const { pathwayId, ...data } = more;
    const [caseId, personId] = [randomUUID(), randomUUID()];
    const details: PersonDetails = {
      facts: { sex: 'female', ageBand: '12-14', province: '17', district: '1702', synthetic: true },
      identity: {
        givenNameKm: 'ស្រីមុំ',
        givenNameLatin: 'Sreymom',
        familyNameKm: 'សុខ',
        familyNameLatin: 'Sok',
        birthDate: '2013-05-01',
      },
      location: { locationCode: '17020304' },
    };
    await this.spean.commands.executePerson({
      ...this.#envelope(),
      personId,
      command: { type: 'RegisterPerson', data: details, occurredAt: this.clock.now(), precision: 'moment' },
    });
    const pathway =
      pathwayId === undefined ? {} : { pathway: pathwayKey(this.spean.pathways.current(pathwayId).definition) };
    await this.execute(caseId, 'OpenCase', {
      code: `K-${caseId.slice(0, 8).toUpperCase()}`,
      personId,
      agency: 'osvy-1',
      owner: 'sw-1',
      province: '17',
      district: '1702',
      synthetic: true,
      ...pathway,
      ...data,
    });
    await this.execute(caseId, 'SetRiskLevel', { level, reason: 'Assessed' });
    return caseId;
  }

  /** What is known of the child of a case. */
  async childOf(caseId: string): Promise<PersonDetails> {
    const { state } = await this.#person(caseId);
    const { facts, identity, location } = state;
    if (facts === undefined) throw new Error('no such child');
    return { facts, identity, location };
  }

  /** Puts right how the child of a case is called. */
  async rename(caseId: string, identity: PersonDetails['identity']): Promise<void> {
    const { personId, state } = await this.#person(caseId);
    const data = { ...(await this.childOf(caseId)), identity: { ...state.identity, ...identity } };
    const command = { type: 'ChangePersonDetails' as const, data, occurredAt: this.clock.now() };
    await this.spean.commands.executePerson({
      ...this.#envelope(),
      personId,
      command: { ...command, precision: 'moment' },
    });
  }

  async #person(caseId: string) {
    const [row] = await this.rows<{ id: string }>('SELECT person_id AS id FROM case_summary WHERE stream_id = $1', [
      caseId,
    ]);
    const personId = row?.id ?? '';
    const { database, context, sealer } = this.spean;
    const { state } = await database.read(context, (queries) => loadPerson(queries, sealer, personId));
    return { personId, state };
  }

  async execute<T extends CaseCommandType>(caseId: string, type: T, data: CaseCommandData[T], actor = whoever) {
    const when = { occurredAt: this.clock.now(), precision: 'moment' as const };
    const command = { type, data, ...when } as CaseCommand;
    return this.spean.commands.execute({ ...this.#envelope(actor), caseId, command });
  }

  async consent(caseId: string, recipient: string): Promise<string[]> {
    const ids = [randomUUID(), randomUUID()];
    for (const [index, giver] of (['child', 'caregiver'] as const).entries()) {
      await this.execute(caseId, 'GiveConsent', {
        consentId: ids[index] as string,
        ...{ kind: 'CONSENT_SHARING', giver, manner: 'thumbprint', language: 'km', recipient },
      });
    }
    return ids;
  }

  async refer(caseId: string, toAgency: string, more: { service?: string; text?: string } = {}): Promise<string> {
    const referralId = randomUUID();
    await this.execute(caseId, 'DraftReferral', {
      referralId,
      ...{ type: 'service', service: { code: more.service ?? 'counselling_trauma' }, urgency: 'URGENT' },
      ...{ fromAgency: 'osvy-1', toAgency },
      ...(more.text === undefined ? {} : { text: more.text }),
    });
    await this.execute(caseId, 'SendReferral', { referralId });
    return referralId;
  }

  /** As a person does who wants a case sent again. */
  async oweAgain(target: string, caseId: string): Promise<void> {
    const { database, context } = this.spean;
    await database.unitOfWork.run(context, (tx) => oweNow(tx, target, caseId, this.clock.now()));
  }

  /** The ledger of what was sent, oldest first. */
  sent(): Promise<SentRow[]> {
    return this.rows<SentRow>(
      `SELECT sent_id, target, kind, recipient, state, reason, findings, attempts, sealed, referral_id FROM sent_records
       ORDER BY created_at, sent_id`,
    );
  }

  owed(): Promise<Record<string, unknown>[]> {
    return this.rows('SELECT * FROM exchange_owed ORDER BY target, stream_id');
  }

  rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.spean.database.read(this.spean.context, (queries) => queries.query<Row>('', text, values));
  }

  change(text: string, values: unknown[] = []): Promise<void> {
    return this.spean.database.unitOfWork.run(this.spean.context, (tx) => tx.send('', text, values));
  }

  async close(): Promise<void> {
    this.#outbound.close();
    await this.spean.close();
    await this.#fresh.drop();
    await rm(this.#folder, { recursive: true });
  }

  #envelope(actor = whoever) {
    return { actor, purpose: 'case_management', traceId: '0'.repeat(32) };
  }
}

export interface SentRow {
  readonly sent_id: string;
  readonly target: string;
  readonly kind: string;
  readonly recipient: string;
  readonly state: string;
  readonly reason: string | null;
  readonly findings: string[];
  readonly attempts: number;
  readonly sealed: string | null;
  readonly referral_id: string | null;
}
