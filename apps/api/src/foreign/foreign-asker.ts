import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Asker } from '#libs/record-exchange';

import { callerOf } from '../http/caller.js';

/** Hands a route the program that asks. */
export const ForeignAsker = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { title: _title, language: _language, ...caller } = callerOf(request);
  return { caller, route: request.routeOptions.url ?? '', traceId: request.id };
});
