import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { AnswerFeedback, ReceiveFeedback } from './feedback-requests.js';

@ApiTags('Feedback')
@Controller('cases/:caseId/feedback')
export class FeedbackController {
  constructor(private readonly desk: CommandDesk) {}

  @Post()
  @Records('Record what a child or a family says of the help they get; it is owed an answer', { created: true })
  async receive(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: ReceiveFeedback,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { feedbackId = mintId(asked.idempotency), ...feedback } = withoutTime(body);
    return this.desk.onCase(caseId, 'ReceiveFeedback', { ...feedback, feedbackId }, body, asked, feedbackId);
  }

  @Post(':feedbackId/answer')
  @Records('Record what was answered')
  async answer(
    @Param('caseId', IdPipe) caseId: string,
    @Param('feedbackId', IdPipe) feedbackId: string,
    @Body() body: AnswerFeedback,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'AnswerFeedback', { ...withoutTime(body), feedbackId }, body, asked);
  }
}
