import type { PipeTransform } from '@nestjs/common';

import { RequestProblem } from './problem.js';
import { isUuid } from './rules.js';

/** An id in an address. What is no id names nothing that could be found. */
export class IdPipe implements PipeTransform<string, string> {
  /** @throws RequestProblem */
  transform(value: string): string {
    const id = value.toLowerCase();
    if (!isUuid(id)) throw new RequestProblem('not-found');
    return id;
  }
}
