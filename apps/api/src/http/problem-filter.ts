import type { Log } from '#libs/logging';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { LOG } from '../tokens.js';
import { languageOf } from './language.js';
import { problemDocument, problemMediaType } from './problem-document.js';
import { problemOf } from './problem-of.js';
import { logSecurityEvent } from './security-log.js';

/** The one place where anything that went wrong becomes an answer. What is our own fault is logged, without its words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(error);
    const traceId = request.id;
    if (problem.status >= 500) this.log.error('a request failed', { traceId, code: problem.code, error });
    logSecurityEvent(this.log, request, problem);
    request.refusedAs = problem.code;
    if (reply.sent) return;
    const language = languageOf(request.headers['accept-language']);
    void reply
      .status(problem.status)
      .header('content-type', problemMediaType)
      .header('content-language', language)
      .headers({
        ...(problem.details.version === undefined ? {} : { etag: `"${problem.details.version}"` }),
        ...(problem.details.retryAfter === undefined ? {} : { 'retry-after': String(problem.details.retryAfter) }),
      })
      .send(JSON.stringify(problemDocument(problem, language, traceId)));
  }
}
