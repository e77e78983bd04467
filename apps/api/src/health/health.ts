import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Inject, Injectable } from '@nestjs/common';

import { sinceHeartbeat } from '#libs/background';
import { sinkStates } from '#libs/checkpoints';
import { checkoutDirectory } from '#libs/configuration';
import { Database, type DatabaseContext } from '#libs/database';
import { Queues, type QueueBackend } from '#libs/queues';

import { CONTEXT } from '../tokens.js';

export interface HealthReport {
  status: 'ok' | 'unavailable';
  /** What the queues run on. */
  queue: QueueBackend;
  database: 'up' | 'down';
  worker: 'up' | 'down';
  /** Whether every place that keeps checkpoints of the log takes them. */
  checkpoints: 'up' | 'down';
  version: string;
}

type Found = Pick<HealthReport, 'database' | 'worker' | 'checkpoints'>;

/** A worker that has been silent this long (milliseconds) has missed two beats and more. */
const silentTooLongMs = 15_000;

/** Looks whether what the program depends on is there. */
@Injectable()
export class Health {
  readonly #version = readVersion();

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    @Inject(CONTEXT) private readonly context: DatabaseContext,
  ) {}

  /** Whether the whole program works: without a worker, deadlines would pass in silence. */
  async whole(): Promise<HealthReport> {
    return this.report(({ database, worker }) => database === 'up' && worker === 'up');
  }

  /** Whether this process can answer requests. */
  async self(): Promise<HealthReport> {
    return this.report(({ database }) => database === 'up');
  }

  private async report(isWell: (found: Found) => boolean): Promise<HealthReport> {
    const found = await this.look();
    return {
      status: isWell(found) ? 'ok' : 'unavailable',
      queue: this.queues.backend,
      ...found,
      version: await this.#version,
    };
  }

  private async look(): Promise<Found> {
    try {
      const silentMs = await sinceHeartbeat(this.database, this.context, 'worker');
      const sinks = await this.database.read(this.context, sinkStates);
      return {
        database: 'up',
        worker: (silentMs ?? Infinity) < silentTooLongMs ? 'up' : 'down',
        checkpoints: sinks.every(({ failingSince }) => failingSince === null) ? 'up' : 'down',
      };
    } catch {
      return { database: 'down', worker: 'down', checkpoints: 'down' };
    }
  }
}

async function readVersion(): Promise<string> {
  const text = await readFile(path.join(checkoutDirectory(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
