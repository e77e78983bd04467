import type { PipeTransform } from '@nestjs/common';

import { RequestProblem } from './problem.js';

/** The version of an event in an address. */
export class VersionPipe implements PipeTransform<string, number> {
  /** @throws RequestProblem */
  transform(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new RequestProblem('not-found');
    return Number(value);
  }
}
