import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Sessions, SignIn, type Session } from '#libs/identities';

import { Problems, Tells } from '../description/routes.js';
import { list } from '../description/schema.js';
import { AlsoAt, CallersSession, Public } from '../http/caller.js';
import { IdPipe } from '../http/id.pipe.js';
import { cookieGone, csrfTokenOf, presentedIn, sessionCookie } from '../http/presented.js';
import { RequestProblem } from '../http/problem.js';
import { handOver, unnamedDevice } from './handing-over.js';
import { SignInAsked } from './session-requests.js';
import { openedSchema, sessionSchema, sessionView, type OpenedView, type SessionView } from './session-views.js';

@ApiTags('Sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly entrance: SignIn,
  ) {}

  @Post()
  @Public()
  @ApiOperation({ summary: 'Sign in with a password' })
  @ApiResponse({ status: 201, description: 'Signed in, as far as `stage` says', schema: openedSchema })
  @Problems(400, 401, 415, 429, 500, 503)
  async signIn(
    @Body() { account, password, device = unnamedDevice, browser = false }: SignInAsked,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedView> {
    return handOver(await this.entrance.byPassword({ account, password, device, browser, address: ip }), reply);
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
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiResponse({ status: 204, description: 'Signed out' })
  @Problems(401, 403, 500, 503)
  async signOut(
    @CallersSession() { staffId, id, browser }: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(staffId, id);
    if (browser) void reply.header('set-cookie', cookieGone(sessionCookie));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of the sessions, such as that of a lost telephone' })
  @ApiResponse({ status: 204, description: 'Ended, on every process within five seconds' })
  @Problems(401, 403, 404, 500, 503)
  async end(@Param('id', IdPipe) id: string, @CallersSession() { staffId }: Session): Promise<void> {
    if (!(await this.sessions.end(staffId, id))) throw new RequestProblem('not-found');
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'End all sessions but the one that asks' })
  @ApiResponse({ status: 204, description: 'Ended, on every process within five seconds' })
  @Problems(401, 403, 500, 503)
  async endOthers(@CallersSession() { staffId, id }: Session): Promise<void> {
    await this.sessions.endOthers(staffId, id);
  }
}
