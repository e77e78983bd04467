import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { cambodia, localDateOf, type Clock } from '#libs/calendar';
import { fromOscar } from '#libs/interop';
import { ExchangeCodes } from '#libs/code-tables';
import { CaseQueries } from '#libs/read-models';

import type { Asker } from '#libs/record-exchange';

import { ForeignAsker } from '../foreign/foreign-asker.js';
import { SpeaksAs } from '../foreign/speaks-as.js';
import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';
import { Costs } from '../http/throttle.js';
import { CLOCK } from '../tokens.js';

type Parameters = Record<string, unknown>;

/**
 * Whether there is a client like this one: that there is, and nothing of whom. It is a search like any other, so it leaves
 * a trace and there are only so many an hour.
 */
@ApiExcludeController()
@SpeaksAs('oscar')
@Controller('oscar/api/v1/organizations/clients/check_duplication')
export class OscarDuplicatesController {
  constructor(
    private readonly queries: CaseQueries,
    private readonly codes: ExchangeCodes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Costs('search')
  async check(@Query() query: Parameters, @ForeignAsker() { caller }: Asker): Promise<object> {
    const { address_current_village_code: place, ...told } = query;
    const record = { ...told, location_current_village_code: place };
    const today = localDateOf(this.clock.now(), cambodia.zone);
    const read = fromOscar(record, { today, codes: await this.codes.inForce(), referralId: (key) => key });
    if (!read.ok) throw invalidFields(fieldError('query', { code: 'invalid' }));
    const found = await this.queries.findMatches(read.person, 'registration', caller);
    return { similar_fields: found.length > 0 ? 'Record was Found' : 'Record was not found' };
  }
}
