import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import type { Configuration } from '#libs/configuration';
import { FrameworkLog } from '#libs/logging';
import { assembleParts, type Overrides } from './parts.js';
import { WorkerModule } from './worker.module.js';

/** The worker, at work. `get(Worker)` is what tests drive; closing it closes all that it opened. */
export async function createWorker(
  configuration: Configuration,
  overrides: Overrides = {},
): Promise<INestApplicationContext> {
  const parts = await assembleParts(configuration, overrides);
  try {
    return await NestFactory.createApplicationContext(WorkerModule.over(parts), {
      abortOnError: false,
      logger: new FrameworkLog(parts.log),
    });
  } catch (error) {
    await parts.close();
    throw error;
  }
}
