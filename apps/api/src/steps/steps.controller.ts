import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { decisionInput } from './decision-input.js';
import { RecordDecision } from './decision-requests.js';
import { AttestGuard, TakeTransition } from './step-requests.js';

@ApiTags('Steps')
@Controller('cases/:caseId')
export class StepsController {
  constructor(private readonly desk: CommandDesk) {}

  @Post('transitions')
  @Records('Take a transition, with attestations and the decision it carries out')
  async take(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: TakeTransition,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { decision, attestations = [], ...step } = withoutTime(body);
    const data = {
      ...step,
      attestations,
      ...(decision === undefined ? {} : { decision: decisionInput(decision, asked) }),
    };
    return this.desk.onCase(caseId, 'TakeTransition', data, body, asked);
  }

  @Post('attestations')
  @Records('Declare, by name and with a reason, that a guard holds')
  async attest(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: AttestGuard,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'AttestGuard', withoutTime(body), body, asked);
  }

  @Post('decisions')
  @Records('Record a decision with its options, reasons, members and the views of the child', { created: true })
  async decide(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: RecordDecision,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const data = decisionInput(withoutTime(body), asked);
    return this.desk.onCase(caseId, 'RecordDecision', data, body, asked, data.decisionId);
  }
}
