import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Limiter, type Rule } from '#libs/throttle';

import { RequestProblem } from './problem.js';

/** What routes cost, and how much of it a caller may have. */
const costs = {
  read: { name: 'read', most: 600, seconds: 60 },
  write: { name: 'write', most: 120, seconds: 60 },
  /** Looking for people by what is known of them: a worker does it now and then, a thief all the time. */
  search: { name: 'search', most: 30, seconds: 3_600 },
} as const satisfies Record<string, Rule>;

/** What may come from one address: an office with all its staff behind one line, but no more than that. */
const fromAddress: Rule = { name: 'address', most: 3_000, seconds: 60 };
/** Trying to be somebody, from one address. */
const login: Rule = { name: 'login', most: 20, seconds: 60 };

type Cost = keyof typeof costs | 'login';

const costKey = 'spean:cost';

/** What a route costs, where its method does not say it. */
export const Costs = (cost: Cost): MethodDecorator & ClassDecorator => SetMetadata(costKey, cost);

/** Stands before the question who calls, which is itself some work. */
@Injectable()
export class AddressLimit implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: Limiter,
  ) {}

  /** @throws RequestProblem */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const rule = costOf(this.reflector, context) === 'login' ? login : fromAddress;
    return spend(this.limiter, request.ip, rule, context);
  }
}

/** Stands behind the question who calls. */
@Injectable()
export class CallerLimit implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: Limiter,
  ) {}

  /** @throws RequestProblem */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller, method } = context.switchToHttp().getRequest<FastifyRequest>();
    if (caller === undefined) return true;
    const cost = costOf(this.reflector, context) ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write');
    return cost === 'login' || spend(this.limiter, caller.id, costs[cost], context);
  }
}

function costOf(reflector: Reflector, context: ExecutionContext): Cost | undefined {
  return reflector.getAllAndOverride<Cost | undefined>(costKey, [context.getHandler(), context.getClass()]);
}

const inSeconds = (ms: number): number => Math.ceil(ms / 1_000);

/** The headers are those of draft-ietf-httpapi-ratelimit-headers-10. */
async function spend(limiter: Limiter, who: string, rule: Rule, context: ExecutionContext): Promise<true> {
  const { allowed, left, retryMs } = await limiter.take(who, rule);
  const { name, most, seconds } = rule;
  void context
    .switchToHttp()
    .getResponse<FastifyReply>()
    .headers({
      'ratelimit-policy': `"${name}";q=${most};w=${seconds}`,
      ratelimit: `"${name}";r=${left}${allowed ? '' : `;t=${inSeconds(retryMs)}`}`,
    });
  if (!allowed) throw new RequestProblem('too-many-requests', { retryAfter: inSeconds(retryMs) });
  return true;
}
