import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { KnownCodes } from '../directory/known-codes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { MeetUnmetNeed, RecordUnmetNeed } from './need-requests.js';

/** Services that a child wants and nobody can give: evidence for who plans them. */
@ApiTags('Unmet needs')
@Controller('cases/:caseId/unmet-needs')
export class NeedsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly codes: KnownCodes,
  ) {}

  @Post()
  @Records('Record a service that the child wants and nobody can give', { created: true })
  async record(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: RecordUnmetNeed,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { needId = mintId(asked.idempotency), ...need } = withoutTime(body);
    await this.codes.assert({ service: need.service });
    return this.desk.onCase(caseId, 'RecordUnmetNeed', { ...need, needId }, body, asked, needId);
  }

  @Post(':needId/fulfilment')
  @Records('Say that the need is met; an accepted referral for the service says so by itself')
  async meet(
    @Param('caseId', IdPipe) caseId: string,
    @Param('needId', IdPipe) needId: string,
    @Body() body: MeetUnmetNeed,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'MeetUnmetNeed', { ...withoutTime(body), needId }, body, asked);
  }
}
