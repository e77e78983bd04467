import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { KnownAgencies } from '../directory/known-agencies.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { withoutTime } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { DraftReferral, RevokeReferral, SendReferral } from './referral-requests.js';

/** What the agency that asks may do. */
@ApiTags('Referrals')
@Controller('cases/:caseId/referrals')
export class ReferralsController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly agencies: KnownAgencies,
  ) {}

  @Post()
  @Records('Draft a referral for one requested service; nothing leaves yet', { created: true })
  async draft(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: DraftReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { referralId = mintId(asked.idempotency), fromAgency = asked.actor.agency, ...draft } = withoutTime(body);
    await this.agencies.assert('toAgency', draft.toAgency);
    const data = { ...draft, referralId, fromAgency };
    return this.desk.onCase(caseId, 'DraftReferral', data, body, asked, referralId);
  }

  @Post(':referralId/sending')
  @Records('Send a draft, or send again what nobody answered')
  async send(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: SendReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    if (body.toAgency !== undefined) await this.agencies.assert('toAgency', body.toAgency);
    return this.desk.onCase(caseId, 'SendReferral', { ...withoutTime(body), referralId }, body, asked);
  }

  @Post(':referralId/revocation')
  @Records('Call a referral back')
  async revoke(
    @Param('caseId', IdPipe) caseId: string,
    @Param('referralId', IdPipe) referralId: string,
    @Body() body: RevokeReferral,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'RevokeReferral', { ...withoutTime(body), referralId }, body, asked);
  }
}
