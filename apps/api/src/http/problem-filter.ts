import type { Log } from '#libs/logging';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { LOG } from '../tokens.js';
import { languageOf } from './language.js';
import { problemDocument, problemMediaType } from './problem-document.js';
import { problemOf } from './problem-of.js';

/** How long a caller should wait when the database is away: a restart takes about that long. */
const awaySeconds = 5;

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
    if (reply.sent) return;
    const retryAfter = problem.details.retryAfter ?? (problem.code === 'unavailable' ? awaySeconds : undefined);
    const language = languageOf(request.headers['accept-language']);
    void reply
      .status(problem.status)
      .header('content-type', problemMediaType)
      .header('content-language', language)
      .headers({
        ...(problem.details.version === undefined ? {} : { etag: `"${problem.details.version}"` }),
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      })
      .send(JSON.stringify(problemDocument(problem, language, traceId)));
  }
}
