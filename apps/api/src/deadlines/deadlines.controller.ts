import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { parseInstant } from '#libs/calendar';

import { Records } from '../description/routes.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { CodePipe } from '../http/code.pipe.js';
import { CommandDesk } from '../http/command-desk.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { ExtendDeadline, PauseDeadline, ResumeDeadline } from './deadline-requests.js';

@ApiTags('Deadlines')
@Controller('cases/:caseId/deadlines')
export class DeadlinesController {
  constructor(private readonly desk: CommandDesk) {}

  @Post(':deadline/extension')
  @Records('Extend a deadline once, as a supervisor, with a reason')
  async extend(
    @Param('caseId', IdPipe) caseId: string,
    @Param('deadline', CodePipe) deadline: string,
    @Body() body: ExtendDeadline,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const data = { deadline, until: parseInstant(body.until), reason: body.reason };
    return this.desk.onCase(caseId, 'ExtendDeadline', data, body, asked);
  }

  @Post(':deadline/pause')
  @Records('Pause a deadline of working days until a moment, as a supervisor, with a reason')
  async pause(
    @Param('caseId', IdPipe) caseId: string,
    @Param('deadline', CodePipe) deadline: string,
    @Body() body: PauseDeadline,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const data = { deadline, until: parseInstant(body.until), reason: body.reason };
    return this.desk.onCase(caseId, 'PauseDeadline', data, body, asked);
  }

  @Post(':deadline/resumption')
  @Records('Let a paused deadline go on before its time')
  async resume(
    @Param('caseId', IdPipe) caseId: string,
    @Param('deadline', CodePipe) deadline: string,
    @Body() body: ResumeDeadline,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'ResumeDeadline', { deadline }, body, asked);
  }
}
