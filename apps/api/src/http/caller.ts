import type { Caller as KnownCaller } from '#libs/access';
import { CallerResolver } from '#libs/access';
import { isFresh, isServiceKey, Sessions, type Session, type SessionStage } from '#libs/identities';
import type { Clock } from '#libs/calendar';
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

import { ForeignCallers } from '../foreign/foreign-callers.js';
import { speaksAsKey, type SpokenAs } from '../foreign/speaks-as.js';
import { CLOCK } from '../tokens.js';
import { csrfHeader, csrfTokenOf, presentedIn, type Presented } from './presented.js';
import { RequestProblem } from './problem.js';
import { ServiceCallers } from './service-caller.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: KnownCaller;
    /** Absent for callers that are programs. */
    session?: Session;
  }
}

const publicKey = 'spean:public';
const stagesKey = 'spean:stages';
const recentlyKey = 'spean:recently';

/** Opens a route to everybody. Without it, nothing answers to a caller who is not known. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(publicKey, true);

/** Opens a route to sessions that are not fully open yet: those that owe the second factor, or have none. */
export const AlsoAt = (...stages: SessionStage[]): MethodDecorator => SetMetadata(stagesKey, stages);

/** Demands a proof of who the caller is that is five minutes old at most; of sessions that are fully open. */
export const Recently = (): MethodDecorator => SetMetadata(recentlyKey, true);

const problemAt = { second_factor: 'second-factor-due', enrolment: 'enrolment-due' } as const;
const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Stands before every route: who calls must be known, unless the route says that it is open. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: CallerResolver,
    private readonly sessions: Sessions,
    private readonly services: ServiceCallers,
    private readonly foreign: ForeignCallers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.#told(publicKey, context) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const system = this.#told(speaksAsKey, context) as SpokenAs | undefined;
    if (system !== undefined) {
      request.caller = await this.foreign.admit(request, system);
      return true;
    }
    const presented = presentedIn(request);
    if (presented === undefined) throw new RequestProblem('caller-unknown');
    if (isServiceKey(presented.token)) request.caller = await this.services.admit(request, presented.token);
    else await this.#admit(request, presented, context);
    return true;
  }

  async #admit(request: FastifyRequest, presented: Presented, context: ExecutionContext): Promise<void> {
    const session = await this.sessions.find(presented.token);
    // A token that was given to a page is none for a program, and the other way round.
    if (session === undefined || session.browser !== presented.byCookie) throw new RequestProblem('caller-unknown');
    const caller = await this.callers.find(session.staffId);
    if (caller === undefined) throw new RequestProblem('caller-unknown');
    request.caller = caller;
    request.session = session;
    assertFromOwnPage(request, presented);
    if (session.stage !== 'open' && !this.#stages(context).includes(session.stage)) {
      throw new RequestProblem(problemAt[session.stage]);
    }
    if (session.stage === 'open' && this.#told(recentlyKey, context) === true && !isFresh(session, this.clock.now())) {
      throw new RequestProblem('proof-due');
    }
  }

  #stages(context: ExecutionContext): readonly SessionStage[] {
    return this.reflector.get<SessionStage[] | undefined>(stagesKey, context.getHandler()) ?? [];
  }

  #told(key: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
  }
}

/** A browser sends the cookie along whoever asks it to; what only our own page knows shows that it was ours. */
function assertFromOwnPage({ method, headers }: FastifyRequest, { token, byCookie }: Presented): void {
  if (!byCookie || safeMethods.includes(method)) return;
  if (headers[csrfHeader] !== csrfTokenOf(token)) throw new RequestProblem('csrf-missing');
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

/** Hands a route the caller's session. */
export const CallersSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const { session } = context.switchToHttp().getRequest<FastifyRequest>();
  if (session === undefined) throw new RequestProblem('caller-unknown');
  return session;
});
