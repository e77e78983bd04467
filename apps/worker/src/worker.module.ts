import { Module, type DynamicModule } from '@nestjs/common';

import type { WorkerParts } from './parts.js';
import { PARTS, Worker } from './worker.js';

/** The same libraries as the interface, without HTTP: work goes on while nobody asks, and asking never waits for it. */
@Module({})
export class WorkerModule {
  static over(parts: WorkerParts): DynamicModule {
    return { module: WorkerModule, providers: [{ provide: PARTS, useValue: parts }, Worker] };
  }
}
