import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Inject, Injectable } from '@nestjs/common';

import { checkoutDirectory, type Configuration } from '#libs/configuration';
import { Database, type DatabaseContext } from '#libs/database';

import { CONFIGURATION, CONTEXT } from '../tokens.js';

export interface HealthReport {
  status: 'ok' | 'unavailable';
  queue: 'redis' | 'postgresql';
  database: 'up' | 'down';
  version: string;
}

/** Looks whether what the program depends on is there. */
@Injectable()
export class Health {
  readonly #version = readVersion();

  constructor(
    private readonly database: Database,
    @Inject(CONTEXT) private readonly context: DatabaseContext,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async report(): Promise<HealthReport> {
    const up = await this.answers();
    return {
      status: up ? 'ok' : 'unavailable',
      queue: this.configuration.redisUrl === undefined ? 'postgresql' : 'redis',
      database: up ? 'up' : 'down',
      version: await this.#version,
    };
  }

  private async answers(): Promise<boolean> {
    try {
      await this.database.read(this.context, (queries) => queries.query('health', 'SELECT 1'));
      return true;
    } catch {
      return false;
    }
  }
}

async function readVersion(): Promise<string> {
  const text = await readFile(path.join(checkoutDirectory(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
