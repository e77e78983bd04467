import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Proofs, Sessions, SignIn, type Session } from '#libs/identities';

import { Does, Tells } from '../description/routes.js';
import { list } from '../description/schema.js';
import { AlsoAt, CallersSession, Public, Recently } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { cookieGone, csrfTokenOf, presentedIn, sessionCookie } from '../http/presented.js';
import { RequestProblem } from '../http/problem.js';
import { Costs } from '../http/throttle.js';
import { handOver, unnamedDevice } from './handing-over.js';
import { proofIn, ProofGiven, SignInAsked } from './session-requests.js';
import { openedSchema, sessionSchema, sessionView, type OpenedView, type SessionView } from './session-views.js';

/** What a browser forgets when its session is over. Cookies of neighbouring hosts are not ours to take away. */
const keptByPages = '"cache", "storage"';

@ApiTags('Sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly entrance: SignIn,
    private readonly proofs: Proofs,
  ) {}

  @Post()
  @Costs('login')
  @Public()
  @Does('Sign in with a password, as far as `stage` says', { status: 201, schema: openedSchema })
  async signIn(
    @Body() { account, password, device = unnamedDevice, browser = false }: SignInAsked,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedView> {
    return handOver(await this.entrance.byPassword({ account, password, device, browser, address: ip }), reply);
  }

  /** The old token counts no more: whoever else knows it is out. */
  @Post('current/proof')
  @AlsoAt('second_factor')
  @Does('Prove who you are: as second factor, or once more', { status: 200, schema: openedSchema })
  async prove(
    @Body() body: ProofGiven,
    @CallersSession() session: Session,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedView> {
    return handOver(await this.proofs.give(session, proofIn(body), ip), reply);
  }

  @Get()
  @Tells("The caller's sessions, the one used last first", list(sessionSchema))
  async all(@CallersSession() { staffId, id }: Session): Promise<SessionView[]> {
    return (await this.sessions.of(staffId)).map((session) => sessionView(session, id));
  }

  @Get('current')
  @AlsoAt('second_factor', 'enrolment')
  @Tells('The session that asks; for browsers with the CSRF token', openedSchema)
  current(@CallersSession() session: Session, @Req() request: FastifyRequest): OpenedView {
    const presented = presentedIn(request);
    return {
      ...(presented?.byCookie === true ? { csrf: csrfTokenOf(presented.token) } : {}),
      session: sessionView(session, session.id),
    };
  }

  @Delete('current')
  @AlsoAt('second_factor', 'enrolment')
  @Does('Sign out')
  async signOut(
    @CallersSession() { staffId, id, browser }: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(staffId, id);
    if (browser) void reply.headers({ 'set-cookie': cookieGone(sessionCookie), 'clear-site-data': keptByPages });
  }

  @Delete(':id')
  @Recently()
  @Does('End one of your sessions, such as that of a lost telephone; on every process within five seconds')
  async end(@Param('id', IdPipe) id: string, @CallersSession() { staffId }: Session): Promise<void> {
    if (!(await this.sessions.end(staffId, id))) throw new RequestProblem('not-found');
  }

  @Delete()
  @Recently()
  @Does('End all your sessions but the one that asks; on every process within five seconds')
  async endOthers(@CallersSession() { staffId, id }: Session): Promise<void> {
    await this.sessions.endOthers(staffId, id);
  }
}
