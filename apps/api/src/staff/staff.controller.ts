import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import type { Caller as KnownCaller } from '#libs/access';
import { ForeignSignIn, Leaving, StaffRegister, type Invitation, type Left, type StaffEntry } from '#libs/identities';

import { Does, Tells } from '../description/routes.js';
import { flag, instant, list, shape, text, whole } from '../description/schema.js';
import { Asked, type AskedBy } from '../http/asked.js';
import { Caller, Recently } from '../http/caller.js';
import { CodePipe } from '../http/code.pipe.js';
import { IdentityLinked, LeavingAsked, NewMemberAsked, RolesGiven } from './staff-requests.js';

const entrySchema = shape<StaffEntry>({
  id: text,
  agency: text,
  roles: list(text),
  title: text,
  active: flag,
  joined: flag,
});

const invitationSchema = shape<Invitation>({
  token: { ...text, description: 'Told once; to be handed over in person or by a way that is trusted' },
  expiresAt: instant,
});

const leftSchema = shape<Left>({
  assigned: { ...whole, description: 'Cases that the successor has now' },
  waiting: { ...whole, description: 'Cases that the successor may not have; ask again with another one' },
});

/** Who works at an agency: kept by its supervisors and by the national office. */
@ApiTags('Staff')
@Controller('staff')
export class StaffController {
  constructor(
    private readonly register: StaffRegister,
    private readonly leaving: Leaving,
    private readonly foreign: ForeignSignIn,
  ) {}

  @Get()
  @Tells('Members of staff whose accounts the caller administers', list(entrySchema))
  async all(@Caller() caller: KnownCaller): Promise<StaffEntry[]> {
    return this.register.of(caller);
  }

  @Post()
  @Recently()
  @Does('Enter somebody who begins to work here, and invite them', { status: 201, schema: invitationSchema })
  async enter(@Body() body: NewMemberAsked, @Caller() caller: KnownCaller): Promise<Invitation> {
    const { id, agency = caller.agency, roles, title, email, language } = body;
    return this.register.enter({ id, agency, roles, title, email, language }, caller);
  }

  @Post(':id/invitation')
  @Recently()
  @Does('Invite somebody again, who did not join in time or lost all second factors', {
    status: 201,
    schema: invitationSchema,
  })
  async invite(@Param('id', CodePipe) id: string, @Caller() caller: KnownCaller): Promise<Invitation> {
    return this.register.inviteAgain(id, caller);
  }

  @Put(':id/roles')
  @Recently()
  @Does('Give somebody other roles; they hold within five seconds')
  async giveRoles(
    @Param('id', CodePipe) id: string,
    @Body() { roles }: RolesGiven,
    @Caller() caller: KnownCaller,
  ): Promise<void> {
    await this.register.giveRoles(id, roles, caller);
  }

  @Delete(':id/sessions')
  @Recently()
  @Does('End all sessions of somebody whose account may be in wrong hands; on every process within five seconds')
  async endSessions(@Param('id', CodePipe) id: string, @Caller() caller: KnownCaller): Promise<void> {
    await this.register.endSessions(id, caller);
  }

  @Put(':id/foreign-identity')
  @Recently()
  @Does('Say who somebody is at the identity provider, so that they can sign in there')
  async link(
    @Param('id', CodePipe) id: string,
    @Body() { subject }: IdentityLinked,
    @Caller() caller: KnownCaller,
  ): Promise<void> {
    await this.foreign.link(id, subject, caller);
  }

  @Post(':id/leaving')
  @Recently()
  @Does('Close the account of somebody who leaves, and hand their open cases over', { status: 200, schema: leftSchema })
  async leave(
    @Param('id', CodePipe) staffId: string,
    @Body() { successor }: LeavingAsked,
    @Caller() caller: KnownCaller,
    @Asked() { actor, purpose, traceId }: AskedBy,
  ): Promise<Left> {
    return this.leaving.leave({ staffId, successor }, caller, { actor, purpose, traceId });
  }
}
