import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';

import { fieldError } from './field-errors.js';
import { invalidFields } from './problem.js';

const anyQueryKey = 'spean:any-query';

/** For a route whose callers add to the address what they like, and are told to be ignored (OpenID Connect). */
export const ReadsAnyQuery = (): MethodDecorator => SetMetadata(anyQueryKey, true);

type Asked = { readonly query?: object; readonly body?: object };

/**
 * A route that reads no query, or no body, refuses whatever stands in it, as a route that reads one refuses what it does
 * not know. A misspelt filter would otherwise be ignored, and the caller take all for some.
 */
@Injectable()
export class UnaskedGuard implements CanActivate {
  /** @throws RequestProblem naming each of them */
  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>() as Asked;
    const unasked = [
      ...(reads(context, RouteParamtypes.QUERY) || Reflect.hasMetadata(anyQueryKey, context.getHandler())
        ? []
        : Object.keys(query ?? {}).map((name) => `query.${name}`)),
      ...(reads(context, RouteParamtypes.BODY) ? [] : Object.keys(body ?? {})),
    ];
    if (unasked.length > 0) throw invalidFields(...unasked.map((name) => fieldError(name, { code: 'unknown' })));
    return true;
  }
}

/** The framework keeps what a handler is handed by kind and place: `4:1`. */
function reads(context: ExecutionContext, kind: RouteParamtypes): boolean {
  const handed = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ??
    {}) as object;
  return Object.keys(handed).some((each) => each.startsWith(`${kind}:`));
}
