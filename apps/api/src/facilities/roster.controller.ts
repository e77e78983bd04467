import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';

import { importRoster, type RosterSummary } from '#libs/facilities';
import type { Spean } from '#libs/composition';

import { Problems } from '../description/routes.js';
import { list, shape, text, whole } from '../description/schema.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { field } from '../http/field.js';
import { found } from '../http/found.js';
import { listRule } from '../http/rules.js';
import { SPEAN } from '../tokens.js';
import { FacilityPipe } from './facility.pipe.js';

/** As many rows as fit into one body, with room to spare. */
const mostRows = 500;

/** Whatever a row is: one that is no record waits alone, like any other that cannot be used. */
const anyRow = (): undefined => undefined;

class RosterRows {
  @field(listRule(anyRow, mostRows), {
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    maxItems: mostRows,
    description:
      'One row a child: `rosterNumber`, names (`familyNameKm`, `givenNameKm`, `familyNameLatin`, `givenNameLatin`, ' +
      '`nickname`), `sex`, `birthDate`, and facts of the pathway by their names',
  })
  rows!: unknown[];
}

const summarySchema = shape<RosterSummary>({
  received: whole,
  created: whole,
  updated: whole,
  unchanged: whole,
  quarantined: {
    ...list(shape<RosterSummary['quarantined'][number]>({ index: whole, reason: text })),
    description: 'Rows that could not be used, each with the columns that are wrong',
  },
});

/** The same roster again changes nothing, so no key is needed to send it twice. */
@ApiTags('Facilities')
@Controller('facilities')
export class RosterController {
  constructor(@Inject(SPEAN) private readonly spean: Spean) {}

  @Post(':facility/roster')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take in the children on the roster of a facility; a row that cannot be used stops no other',
  })
  @ApiResponse({ status: 200, description: 'What came of each row', schema: summarySchema })
  @Problems(400, 401, 404, 408, 413, 415, 500, 503)
  async take(
    @Param('facility', FacilityPipe) facilityId: string,
    @Body() { rows }: RosterRows,
    @Asked() { actor }: AskedBy,
  ): Promise<RosterSummary> {
    const { code } = found(await this.spean.facilities.findState(facilityId, actor));
    return importRoster(this.spean, rows, { actor, facility: code });
  }
}
