import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { groupsOf, routes } from '#libs/access';

import { RequestProblem } from './problem.js';

/** What every address of the interface begins with. */
export const prefix = '/api/v1';

/**
 * Stands behind the question of who calls: a route that the access policy does not name answers nobody, and one for
 * certain roles only those. What is asked of a case or a child is decided where its facts are known.
 */
@Injectable()
export class RouteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const rule = routes[routeOf(request.method, request.routeOptions.url ?? '')];
    if (rule === undefined) throw new RequestProblem('not-found');
    if (rule.to !== 'groups') return true;
    const held = groupsOf(request.caller?.roles ?? []);
    if (!rule.groups.some((group) => held.includes(group))) throw new RequestProblem('role-not-allowed');
    return true;
  }
}

/** How the access policy names a route. */
export const routeOf = (method: string, url: string): string =>
  `${method === 'HEAD' ? 'GET' : method} ${url.startsWith(prefix) ? url.slice(prefix.length) : url}`;
