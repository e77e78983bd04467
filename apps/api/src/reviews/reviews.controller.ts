import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { DecideReview, FileReview, MoveReview, RequestSecondLevel } from './review-requests.js';

@ApiTags('Reviews of decisions')
@Controller('cases/:caseId')
export class ReviewsController {
  constructor(private readonly desk: CommandDesk) {}

  @Post('decisions/:decisionId/reviews')
  @Records('Ask that a gatekeeping decision be looked at again, by somebody who took no part in it', { created: true })
  async file(
    @Param('caseId', IdPipe) caseId: string,
    @Param('decisionId', IdPipe) decisionId: string,
    @Body() body: FileReview,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { reviewId = mintId(asked.idempotency), ...review } = withoutTime(body);
    return this.desk.onCase(caseId, 'FileReview', { ...review, decisionId, reviewId }, body, asked, reviewId);
  }

  @Post('reviews/:reviewId/acknowledgement')
  @Records('Acknowledge the request to who made it')
  async acknowledge(
    @Param('caseId', IdPipe) caseId: string,
    @Param('reviewId', IdPipe) reviewId: string,
    @Body() body: MoveReview,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'AcknowledgeReview', { reviewId }, body, asked);
  }

  @Post('reviews/:reviewId/start')
  @Records('Take the review up; whoever does decides it')
  async takeUp(
    @Param('caseId', IdPipe) caseId: string,
    @Param('reviewId', IdPipe) reviewId: string,
    @Body() body: MoveReview,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'TakeUpReview', { reviewId }, body, asked);
  }

  @Post('reviews/:reviewId/decision')
  @Records('Decide the review')
  async decide(
    @Param('caseId', IdPipe) caseId: string,
    @Param('reviewId', IdPipe) reviewId: string,
    @Body() body: DecideReview,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'DecideReview', { ...withoutTime(body), reviewId }, body, asked);
  }

  @Post('reviews/:reviewId/second-level')
  @Records('Take a review that was not upheld whole to the ministry')
  async second(
    @Param('caseId', IdPipe) caseId: string,
    @Param('reviewId', IdPipe) reviewId: string,
    @Body() body: RequestSecondLevel,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'RequestSecondLevel', { ...withoutTime(body), reviewId }, body, asked);
  }
}
