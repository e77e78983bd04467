import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, mergeMap, type Observable } from 'rxjs';
import { validate } from 'uuid';

import type { Clock } from '#libs/calendar';
import { Exports } from '#libs/exports';
import type { Log } from '#libs/logging';
import { ReadAudit, shownIn } from '#libs/read-audit';

import { Recorded } from '../http/recorded.js';
import { problemOf } from '../http/problem-of.js';
import { CLOCK, LOG } from '../tokens.js';
import { purposeOf } from './purpose.js';

/**
 * No trace, no data: writes who is about to be shown which child's record, and holds the answer back until that is
 * durable. It looks at what leaves, whatever the route; an answer to a command shows nothing but what became of it.
 */
@Injectable()
export class TracedReads implements NestInterceptor {
  constructor(
    private readonly audit: ReadAudit,
    private readonly exports: Exports,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.caller === undefined) return next.handle();
    const purpose = purposeOf(request.headers, routeOf(request));
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        if (problemOf(error).code === 'not-found') await this.#noteLookUp(request);
        throw error;
      }),
      mergeMap(async (answer: unknown) => {
        if (answer instanceof Recorded) return answer;
        await this.#trace(request, { answer, purpose });
        return answer;
      }),
    );
  }

  /** A row of an export that stands for no case: whoever looks for it has the file. */
  async #noteLookUp(request: FastifyRequest): Promise<void> {
    const { caseId, personId } = request.params as { caseId?: string; personId?: string };
    const id = caseId ?? personId;
    if (request.caller === undefined || !isUuid(id)) return;
    const lookUp = { reader: request.caller.id, route: routeOf(request), traceId: request.id, at: this.clock.now() };
    if (await this.exports.noteLookUp(id, lookUp)) {
      this.log.error('bait of an export was looked up', { traceId: request.id, caller: request.caller.id });
    }
  }

  async #trace(
    request: FastifyRequest,
    { answer, purpose }: { answer: unknown; purpose: ReturnType<typeof purposeOf> },
  ): Promise<void> {
    const { caller, id: traceId } = request;
    const { caseId, personId } = request.params as { caseId?: string; personId?: string };
    const shown = shownIn([answer, { caseId, personId }]);
    if (caller === undefined || answer === undefined || shown.caseIds.size + shown.personIds.size === 0) return;
    await this.audit.record({
      ...{ reader: caller.id, agency: caller.agency, roles: caller.roles },
      ...{ purpose, traceId, route: routeOf(request), at: this.clock.now() },
      caseIds: [...shown.caseIds],
      personIds: [...shown.personIds],
      classes: [...shown.classes],
    });
  }
}

const isUuid = (id: string | undefined): id is string => id !== undefined && validate(id);

const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? '';
