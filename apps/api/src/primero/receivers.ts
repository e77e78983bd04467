import { Injectable } from '@nestjs/common';

import { Agencies, CallerResolver } from '#libs/access';
import { ExchangeCodes } from '#libs/code-tables';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

/** An agency's one user, as the jobs that create cases name it: `agency-cif-user`. */
const agencyUser = /^(agency-.+)-user$/;

/** To whom a transition goes: here always an agency, of which Primero names a user or, from afar, the agency itself. */
@Injectable()
export class Receivers {
  constructor(
    private readonly agencies: Agencies,
    private readonly staff: CallerResolver,
    private readonly codes: ExchangeCodes,
  ) {}

  /** @throws RequestProblem when nobody here is meant */
  async agencyOf({ transitioned_to_agency: named, transitioned_to: user }: Record<string, unknown>): Promise<string> {
    const agency =
      typeof named === 'string' ? named : typeof user === 'string' ? await this.#agencyOf(user) : undefined;
    const { agencies } = await this.codes.inForce();
    const code = agency === undefined ? undefined : agencies.fromPrimero(agency);
    if (code !== undefined && (await this.agencies.has(code))) return code;
    throw invalidFields(fieldError('transitioned_to', { code: 'not_found' }));
  }

  async #agencyOf(user: string): Promise<string | undefined> {
    return agencyUser.exec(user)?.[1] ?? (await this.staff.find(user))?.agency;
  }
}
