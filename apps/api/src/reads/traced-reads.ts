import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';

import type { Clock } from '#libs/calendar';
import { ReadAudit, shownIn } from '#libs/read-audit';

import { Recorded } from '../http/recorded.js';
import { CLOCK } from '../tokens.js';
import { purposeOf } from './purpose.js';

/**
 * No trace, no data: writes who is about to be shown which child's record, and holds the answer back until that is
 * durable. It looks at what leaves, whatever the route; an answer to a command shows nothing but what became of it.
 */
@Injectable()
export class TracedReads implements NestInterceptor {
  constructor(
    private readonly audit: ReadAudit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.caller === undefined) return next.handle();
    const purpose = purposeOf(request.headers, routeOf(request));
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        if (answer instanceof Recorded) return answer;
        await this.#trace(request, { answer, purpose });
        return answer;
      }),
    );
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

const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? '';
