import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { CaseCommandData } from '#libs/cases';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import type { BlockedPerson } from '../records/contact-requests.js';
import { PhoneTokens } from '../records/phone-tokens.js';
import {
  ApproveConsentException,
  GiveConsent,
  RecordConsentException,
  RejectConsentException,
  ReviewConsentException,
  WithdrawConsent,
} from './consent-requests.js';

type Blocked = NonNullable<CaseCommandData['RecordConsentException']['blocked']>;

@ApiTags('Consents')
@Controller('cases/:caseId')
export class ConsentsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly phones: PhoneTokens,
  ) {}

  @Post('consents')
  @Records('Record a consent', { created: true })
  async give(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: GiveConsent,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { consentId = mintId(asked.idempotency), ...consent } = withoutTime(body);
    return this.desk.onCase(caseId, 'GiveConsent', { ...consent, consentId }, body, asked, consentId);
  }

  @Post('consents/:consentId/withdrawal')
  @Records('Withdraw a consent; sharing under it stops at once')
  async withdraw(
    @Param('caseId', IdPipe) caseId: string,
    @Param('consentId', IdPipe) consentId: string,
    @Body() body: WithdrawConsent,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'WithdrawConsent', { ...withoutTime(body), consentId }, body, asked);
  }

  @Post('consent-exceptions')
  @Records('Record why a consent cannot be asked for; another person approves it', { created: true })
  async except(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: RecordConsentException,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { exceptionId = mintId(asked.idempotency), blocked, ...exception } = withoutTime(body);
    const data = {
      ...exception,
      exceptionId,
      ...(blocked === undefined ? {} : { blocked: await this.blockOf(blocked) }),
    };
    return this.desk.onCase(caseId, 'RecordConsentException', data, body, asked, exceptionId);
  }

  @Post('consent-exceptions/:exceptionId/approval')
  @Records('Approve an exception that another person recorded')
  async approve(
    @Param('caseId', IdPipe) caseId: string,
    @Param('exceptionId', IdPipe) exceptionId: string,
    @Body() body: ApproveConsentException,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'ApproveConsentException', { exceptionId }, body, asked);
  }

  @Post('consent-exceptions/:exceptionId/rejection')
  @Records('Reject an exception: from now on it stands in for no consent')
  async reject(
    @Param('caseId', IdPipe) caseId: string,
    @Param('exceptionId', IdPipe) exceptionId: string,
    @Body() body: RejectConsentException,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'RejectConsentException', { ...withoutTime(body), exceptionId }, body, asked);
  }

  @Post('consent-exceptions/:exceptionId/review')
  @Records('Ask about the caregiver again: the exception ends, or is asked about on another day')
  async review(
    @Param('caseId', IdPipe) caseId: string,
    @Param('exceptionId', IdPipe) exceptionId: string,
    @Body() body: ReviewConsentException,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'ReviewConsentException', { ...withoutTime(body), exceptionId }, body, asked);
  }

  private async blockOf({ blockId = mintId(undefined), ...block }: BlockedPerson): Promise<Blocked> {
    return { ...block, blockId, ...(await this.phones.of(block.phone, 'blocked.phone')) };
  }
}
