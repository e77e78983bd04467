import type { PipeTransform } from '@nestjs/common';

import { RequestProblem } from './problem.js';
import { isCode } from './rules.js';

/** A code in an address. What is no code names nothing that could be found. */
export class CodePipe implements PipeTransform<string, string> {
  /** @throws RequestProblem */
  transform(value: string): string {
    if (!isCode(value)) throw new RequestProblem('not-found');
    return value;
  }
}
