import { setTimeout as pause } from 'node:timers/promises';

import type { ExchangeTarget } from '#libs/configuration';
import type { Projection } from '#libs/event-store';
import type { OutboundHttp } from '#libs/outbound';
import type { Queues, WakeQueue } from '#libs/queues';
import type { Random } from './asking/backoff.js';
import type { Sleep } from './asking/pace.js';
import { Health } from './asking/target-health.js';
import { TargetHttp } from './asking/target-http.js';
import type { Connector } from './connector.js';
import { SentLedger } from './ledger/sent-ledger.js';
import { OscarClient } from './oscar/oscar-client.js';
import { OscarConnector } from './oscar/oscar-connector.js';
import { OwedCases } from './owed/owed-cases.js';
import { owedProjection } from './owed/owed-projection.js';
import type { ConnectorParts } from './prepared.js';
import { PrimeroClient } from './primero/primero-client.js';
import { PrimeroConnector } from './primero/primero-connector.js';
import { ExchangePuller } from './puller.js';
import { ExchangeSender } from './sender.js';

/** What a test replaces: chance, waiting, and the program's way out. */
export interface ExchangeParts extends ConnectorParts {
  readonly outbound: OutboundHttp;
  readonly random?: Random;
  readonly sleep?: Sleep;
}

/** Everything that keeps one target in step. */
export interface TargetWork {
  readonly target: ExchangeTarget;
  readonly connector: Connector;
  readonly sender: ExchangeSender;
  readonly puller: ExchangePuller;
}

/** A call to send what a target is owed; its id is all that is queued. */
interface OwedToTarget {
  target: string;
}

/** Calls within this time are one (milliseconds). */
const callEveryMs = 100;
const sweepsAtOnce = 2;

const queueOf = (target: string): string => `exchange-${target}`;

/** The connectors of all targets, and the queue of each, which wakes them within moments of a change. */
export class Exchange {
  readonly works: readonly TargetWork[];
  readonly projection: Projection;
  readonly #parts: ExchangeParts;
  readonly #queues = new Map<string, WakeQueue<OwedToTarget>>();

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.works = parts.targets.map((target) => workFor(target, parts));
    this.projection = owedProjection(parts.targets, parts.sharing, (owed) => {
      for (const target of new Set(owed.map((each) => each.target))) void this.#wake(target);
    });
  }

  /** Begins to do what the queues call for. */
  async work(queues: Queues): Promise<void> {
    for (const { target, sender } of this.works) {
      const name = queueOf(target.id);
      this.#queues.set(target.id, await queues.queue<OwedToTarget>(name));
      const process = async () => {
        await sender.sweepOnce();
        return undefined;
      };
      queues.work<OwedToTarget>(name, process, sweepsAtOnce);
    }
  }

  /** Sends every target what it is owed; the queues only make it sooner. */
  async sweepOnce(): Promise<void> {
    await Promise.all(this.works.map(({ sender }) => sender.sweepOnce()));
  }

  async pullOnce(): Promise<void> {
    await Promise.all(this.works.map(({ puller }) => puller.pullOnce()));
  }

  async #wake(target: string): Promise<void> {
    const moment = Math.floor(Date.parse(this.#parts.clock.now()) / callEveryMs);
    await this.#queues.get(target)?.add([{ id: `${queueOf(target)}_${moment}`, data: { target } }]);
  }
}

function workFor(target: ExchangeTarget, parts: ExchangeParts): TargetWork {
  const { database, context, clock, log, random = Math.random, sleep = (ms) => pause(ms) } = parts;
  const http = new TargetHttp(target, { outbound: parts.outbound, clock, sleep });
  const tools = { parts, target, ledger: new SentLedger(parts, target.id) };
  const connector =
    target.system === 'primero'
      ? new PrimeroConnector(tools, new PrimeroClient(target, http))
      : new OscarConnector(tools, new OscarClient(target, http, () => clock.now()));
  const health = new Health(database, context, target.id, random);
  const owed = new OwedCases(database, context, target.id);
  return {
    target,
    connector,
    sender: new ExchangeSender({
      ...{ target: target.id, connector, answers: () => http.answers },
      ...{ owed, health, clock, random, log },
    }),
    puller: new ExchangePuller({ parts, target: target.id, connector, health, log }),
  };
}
