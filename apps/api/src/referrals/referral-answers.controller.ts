import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { AnswerReferral, CompleteReferral, ReferralInformation, RejectReferral } from './referral-requests.js';

/** What the agency that is asked may do; and the answer to its question. A referral has one answer. */
@ApiTags('Referrals')
@Controller('cases/:caseId/referrals/:referralId')
export class ReferralAnswersController {
  constructor(private readonly desk: CommandDesk) {}

  @Post('acknowledgement')
  @Records('Say that the referral arrived')
  async acknowledge(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: AnswerReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'AcknowledgeReferral', { referralId }, body, asked);
  }

  @Post('information-request')
  @Records('Ask for more information')
  async ask(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: ReferralInformation,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'RequestReferralInformation', { ...withoutTime(body), referralId }, body, asked);
  }

  @Post('information')
  @Records('Give the information that was asked for')
  async inform(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: ReferralInformation,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'ProvideReferralInformation', { ...withoutTime(body), referralId }, body, asked);
  }

  @Post('acceptance')
  @Records('Accept the referral')
  async accept(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: AnswerReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'AcceptReferral', { referralId }, body, asked);
  }

  @Post('rejection')
  @Records('Reject the referral, with a reason')
  async reject(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: RejectReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'RejectReferral', { ...withoutTime(body), referralId }, body, asked);
  }

  @Post('start')
  @Records('Say that the service has begun')
  async start(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: AnswerReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'StartService', { referralId }, body, asked);
  }

  @Post('completion')
  @Records('Say that the service is complete')
  async complete(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: CompleteReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'CompleteReferral', { ...withoutTime(body), referralId }, body, asked);
  }
}
