import { Inject, Injectable } from '@nestjs/common';

import { CarerDirectory } from '#libs/directories';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { FactValue } from '#libs/pathways';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';
import { PATHWAYS } from '../tokens.js';

/** A child lives with a carer whom the directory knows, or with none of it: a name in the fact's place is refused. */
@Injectable()
export class KnownCarers {
  constructor(
    @Inject(PATHWAYS) private readonly pathways: PathwayRegistry,
    private readonly carers: CarerDirectory,
  ) {}

  /** @throws RequestProblem naming the fact */
  async assertIn(facts: Record<string, FactValue> = {}): Promise<void> {
    const names = new Set(this.pathways.all().map(({ definition }) => definition.carer?.fact));
    for (const [name, value] of Object.entries(facts)) {
      if (!names.has(name)) continue;
      if (typeof value !== 'string' || !(await this.carers.has(value))) {
        throw invalidFields(fieldError(`facts.${name}`, { code: 'not_found' }));
      }
    }
  }
}
