import { Body, Controller, HttpCode, Ip, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ServiceTokens } from '#libs/identities';

import { clientOf, nameIn } from '../foreign/foreign-callers.js';
import { SpeaksAs } from '../foreign/speaks-as.js';
import { Public } from '../http/caller.js';
import { RequestProblem } from '../http/problem.js';
import { Costs } from '../http/throttle.js';

/** Signing in as OSCaR has it, with the token in headers of the answer. */
@ApiExcludeController()
@SpeaksAs('oscar')
@Controller('oscar/api/v1/admin_auth/sign_in')
export class OscarSignInController {
  constructor(private readonly tokens: ServiceTokens) {}

  @Post()
  @HttpCode(200)
  @Public()
  @Costs('login')
  async signIn(
    @Body() { email, password: key }: Record<string, unknown>,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    if (typeof email !== 'string' || typeof key !== 'string') throw new RequestProblem('sign-in-refused');
    const given = await this.tokens.give({ name: nameIn(email), key, address }, 'oscar');
    if (given === undefined) throw new RequestProblem('sign-in-refused');
    const { account, token, expiresAt } = given;
    void reply.headers({
      'access-token': token,
      'token-type': 'Bearer',
      client: clientOf(token),
      expiry: String(Math.floor(Date.parse(expiresAt) / 1_000)),
      uid: account.id,
    });
    const who = { first_name: account.title, last_name: '', provider: 'email', uid: account.id };
    return { data: { id: account.id, email: account.id, token: null, ...who } };
  }
}
