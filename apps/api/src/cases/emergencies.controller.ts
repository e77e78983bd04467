import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { ReviewEmergencyAccess, TakeEmergencyAccess } from './emergency-requests.js';

@ApiTags('Cases')
@Controller('cases/:caseId/emergency-access')
export class EmergenciesController {
  constructor(private readonly desk: CommandDesk) {}

  @Post()
  @Records('Open a case for four hours because a child is in danger; whoever keeps it is told at once', {
    created: true,
  })
  async take(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: TakeEmergencyAccess,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { accessId = mintId(asked.idempotency), reason } = body;
    return this.desk.onCase(caseId, 'TakeEmergencyAccess', { accessId, reason }, {}, asked, accessId);
  }

  @Post(':accessId/review')
  @Records('Say whether it was right to take emergency access')
  async review(
    @Param('caseId', IdPipe) caseId: string,
    @Param('accessId', IdPipe) accessId: string,
    @Body() body: ReviewEmergencyAccess,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'ReviewEmergencyAccess', { ...withoutTime(body), accessId }, body, asked);
  }
}
