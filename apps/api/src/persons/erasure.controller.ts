import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { CaseQueries } from '#libs/read-models';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { found } from '../http/found.js';
import { Happened } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';
import { ProposeErasure, WithdrawErasure } from './person-requests.js';

/** Forgetting a child for good takes two people, and no case of the child may be open. */
@ApiTags('Erasure')
@Controller('persons/:personId/erasures')
export class ErasureController {
  constructor(
    private readonly desk: CommandDesk,
    private readonly queries: CaseQueries,
  ) {}

  @Post()
  @Records('Propose to forget a child; a second person has to agree', { created: true })
  async propose(
    @Param('personId', IdPipe) personId: string,
    @Body() body: ProposeErasure,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    const { erasureId = mintId(asked.idempotency), because, reason } = body;
    return this.desk.onPerson(personId, 'ProposeErasure', { erasureId, because, reason }, body, asked, erasureId);
  }

  @Post(':erasureId/withdrawal')
  @Records('Give up a proposal to forget a child')
  async withdraw(
    @Param('personId', IdPipe) personId: string,
    @Param('erasureId', IdPipe) erasureId: string,
    @Body() body: WithdrawErasure,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    return this.desk.onPerson(personId, 'WithdrawErasure', { erasureId, reason: body.reason }, body, asked);
  }

  @Post(':erasureId/approval')
  @Records('Agree to forget a child: their keys are destroyed, and nobody is shown anything of them any more')
  async approve(
    @Param('personId', IdPipe) personId: string,
    @Param('erasureId', IdPipe) erasureId: string,
    @Body() body: Happened,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    await this.assertInSight(personId, asked);
    return this.desk.onPerson(personId, 'ApproveErasure', { erasureId }, body, asked);
  }

  /** A conflict of interest on any case of the child hides the child. */
  private async assertInSight(personId: string, { actor }: AskedBy): Promise<void> {
    found(await this.queries.findPerson(personId, actor));
  }
}
