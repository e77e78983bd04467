import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { Records } from '../description/routes.js';
import { Asked, mintId, type AskedBy } from '../http/asked.js';
import { CommandDesk } from '../http/command-desk.js';
import { Id, optional, Words } from '../http/fields.js';
import { Happened } from '../http/happened.js';
import { IdPipe } from '../http/id.pipe.js';
import type { Recorded } from '../http/recorded.js';

class ProposeUnsealing extends Happened {
  @Id('Id of the proposal; made here when absent', optional)
  unsealingId?: string;

  @Words('Reference of the court order; stored in clear, so it may not name the child', { longest: 100 })
  orderReference!: string;

  @Words('Why')
  reason!: string;
}

/** The record of a completed diversion is opened by a court order alone. */
@ApiTags('Records')
@Controller('cases/:caseId/unsealings')
export class SealsController {
  constructor(private readonly desk: CommandDesk) {}

  @Post()
  @Records('Propose to open a sealed record, on a court order; a second person has to agree', { created: true })
  async propose(
    @Param('caseId', IdPipe) caseId: string,
    @Body() body: ProposeUnsealing,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    const { unsealingId = mintId(asked.idempotency), orderReference, reason } = body;
    const data = { unsealingId, orderReference, reason };
    return this.desk.onCase(caseId, 'ProposeUnsealing', data, body, asked, unsealingId);
  }

  @Post(':unsealingId/approval')
  @Records('Agree to open a sealed record; it is closed again after 30 days')
  async approve(
    @Param('caseId', IdPipe) caseId: string,
    @Param('unsealingId', IdPipe) unsealingId: string,
    @Body() body: Happened,
    @Asked() asked: AskedBy,
  ): Promise<Recorded> {
    return this.desk.onCase(caseId, 'ApproveUnsealing', { unsealingId }, body, asked);
  }
}
