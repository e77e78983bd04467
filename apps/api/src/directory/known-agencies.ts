import { Injectable } from '@nestjs/common';

import { Agencies } from '#libs/access';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

/** Nothing may be handed to an agency that the directory does not know: nobody there would ever be told. */
@Injectable()
export class KnownAgencies {
  constructor(private readonly agencies: Agencies) {}

  /** @throws RequestProblem naming the field */
  async assert(field: string, agency: string): Promise<void> {
    if (!(await this.agencies.has(agency))) throw invalidFields(fieldError(field, { code: 'not_found' }));
  }
}
