import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { ForeignSignIn, Passkeys, type PasskeyAsked, type Session } from '#libs/identities';

import { PasskeyAnswer } from '../accounts/account-requests.js';
import { askedSchema } from '../accounts/account-views.js';
import { Does } from '../description/routes.js';
import { shape, text } from '../description/schema.js';
import { ReadsAnyQuery } from '../http/unasked.guard.js';
import { AlsoAt, CallersSession, Public } from '../http/caller.js';
import { cookieGone, cookieHolding, cookieIn } from '../http/presented.js';
import { Costs } from '../http/throttle.js';
import { handOver, unnamedDevice } from './handing-over.js';
import { DeviceAsked, PasskeySignInAsked } from './session-requests.js';
import { openedSchema, type OpenedView } from './session-views.js';

/** Holds what a browser must bring back from the identity provider, which sends it here from another site. */
const departureCookie = '__Host-spean-departure';

/** Ways in besides the password. */
@ApiTags('Sessions')
@Controller('sessions')
export class OtherSignInsController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly foreign: ForeignSignIn,
  ) {}

  @Post('passkey/options')
  @Costs('login')
  @Public()
  @Does('Ask what to tell an authenticator to sign in', { status: 201, schema: askedSchema })
  async askWho(): Promise<PasskeyAsked> {
    return this.passkeys.askWho();
  }

  @Post('passkey')
  @Costs('login')
  @Public()
  @Does('Sign in with a passkey, which is both factors at once', { status: 201, schema: openedSchema })
  async signIn(
    @Body() { device = unnamedDevice, browser = false, ...answered }: PasskeySignInAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedView> {
    return handOver(await this.passkeys.signIn(answered, { device, browser }), reply);
  }

  @Post('current/passkey')
  @AlsoAt('second_factor')
  @Does('Prove who you are with a passkey: as second factor, or once more', { status: 200, schema: openedSchema })
  async prove(
    @Body() answered: PasskeyAnswer,
    @CallersSession() session: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedView> {
    return handOver(await this.passkeys.prove(session, answered), reply);
  }

  @Post('foreign')
  @Costs('login')
  @Public()
  @Does('Begin to sign in at the identity provider: where to send the browser', {
    status: 201,
    schema: shape<{ address: string }>({ address: text }),
  })
  async depart(
    @Body() { device = unnamedDevice, browser = false }: DeviceAsked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ address: string }> {
    const { address, binding } = await this.foreign.depart({ device, browser });
    void reply.header('set-cookie', cookieHolding(departureCookie, binding, 'Lax'));
    return { address };
  }

  @Get('foreign/callback')
  @Public()
  @ReadsAnyQuery()
  @Does('Where the identity provider sends the browser back to; the second factor comes next', {
    status: 200,
    schema: openedSchema,
  })
  async arrive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OpenedView> {
    const [, query = ''] = request.url.split('?');
    const opened = await this.foreign.arrive(query, cookieIn(request.headers.cookie, departureCookie));
    void reply.header('set-cookie', cookieGone(departureCookie));
    return handOver(opened, reply);
  }
}
