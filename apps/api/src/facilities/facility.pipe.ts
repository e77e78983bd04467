import type { PipeTransform } from '@nestjs/common';

import { facilityIdOf } from '#libs/case-log';

import { RequestProblem } from '../http/problem.js';
import { isCode, isUuid } from '../http/rules.js';

/** A facility in an address: its id, or the code by which cases and agencies name it. */
export class FacilityPipe implements PipeTransform<string, string> {
  /** @throws RequestProblem */
  transform(value: string): string {
    const id = value.toLowerCase();
    if (isUuid(id)) return id;
    if (!isCode(value)) throw new RequestProblem('not-found');
    return facilityIdOf(value);
  }
}
