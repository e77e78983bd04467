import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Invitations } from '#libs/identities';

import { Does } from '../description/routes.js';
import { Public } from '../http/caller.js';
import { Costs } from '../http/throttle.js';
import { handOver, unnamedDevice } from '../sessions/handing-over.js';
import { openedSchema, type OpenedView } from '../sessions/session-views.js';
import { JoinAsked } from './account-requests.js';

@ApiTags('Accounts')
@Controller('joining')
export class JoiningController {
  constructor(private readonly invitations: Invitations) {}

  @Post()
  @Costs('login')
  @Public()
  @Does('Take an invitation up with a password; a second factor comes next', { status: 201, schema: openedSchema })
  async join(
    @Body() { invitation, password, device = unnamedDevice, browser = false }: JoinAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedView> {
    return handOver(await this.invitations.join({ invitation, password, device, browser }), reply);
  }
}
