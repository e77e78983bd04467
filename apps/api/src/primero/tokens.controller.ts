import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { ServiceTokens } from '#libs/identities';

import { SpeaksAs } from '../foreign/speaks-as.js';
import { Public } from '../http/caller.js';
import { RequestProblem } from '../http/problem.js';
import { Costs } from '../http/throttle.js';

/** Signing in as Primero has it, with the token in the body, where jobs look for it. */
@ApiExcludeController()
@SpeaksAs('primero')
@Controller('primero/api/v2/tokens')
export class PrimeroTokensController {
  constructor(private readonly tokens: ServiceTokens) {}

  @Post()
  @HttpCode(200)
  @Public()
  @Costs('login')
  async signIn(@Body() body: Record<string, unknown>, @Ip() address: string): Promise<object> {
    const { user_name: name, password: key } = (body['user'] ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof key !== 'string') throw new RequestProblem('sign-in-refused');
    const given = await this.tokens.give({ name, key, address }, 'primero');
    if (given === undefined) throw new RequestProblem('sign-in-refused');
    const { account, token } = given;
    return { id: account.id, user_name: account.id, group_permission: 'all', token };
  }
}
