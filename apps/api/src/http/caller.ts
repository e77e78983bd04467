import type { Caller as KnownCaller } from '#libs/access';
import { CallerResolver } from '#libs/access';
import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { CALLER_BY_HEADER } from '../tokens.js';
import { RequestProblem } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: KnownCaller;
  }
}

export const callerHeader = 'x-spean-caller';
const idShape = /^[\w.:-]{1,100}$/;
const publicKey = 'spean:public';

/** Opens a route to everybody. Without it, nothing answers to a caller who is not known. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(publicKey, true);

/** Stands before every route: who calls must be known, unless the route says that it is open. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: CallerResolver,
    @Inject(CALLER_BY_HEADER) private readonly byHeader: boolean,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(publicKey, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const id = request.headers[callerHeader];
    const named = this.byHeader && typeof id === 'string' && idShape.test(id);
    const caller = named ? await this.callers.find(id) : undefined;
    if (caller === undefined) throw new RequestProblem('caller-unknown');
    request.caller = caller;
    return true;
  }
}

/** The caller of a request that passed the guard. */
export function callerOf(request: FastifyRequest): KnownCaller {
  if (request.caller === undefined) throw new RequestProblem('caller-unknown');
  return request.caller;
}

/** Hands a route the caller. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
