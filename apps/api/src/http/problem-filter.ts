import type { Log } from '#libs/logging';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { foreignRefusal } from '../foreign/refusals.js';
import { LOG } from '../tokens.js';
import { languageOf } from './language.js';
import { problemDocument, problemMediaType } from './problem-document.js';
import { problemOf } from './problem-of.js';
import { logSecurityEvent } from './security-log.js';

const json = 'application/json; charset=utf-8';

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
    const { version, retryAfter } = problem.details;
    const headers = {
      ...(version === undefined ? {} : { etag: `"${version}"` }),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    };
    const foreign = foreignRefusal(request, problem);
    if (foreign !== undefined) {
      void reply.status(foreign.status).headers(headers).type(json).send(JSON.stringify(foreign.body));
      return;
    }
    const language = languageOf(request.headers['accept-language']);
    void reply
      .status(problem.status)
      .header('content-type', problemMediaType)
      .header('content-language', language)
      .headers(headers)
      .send(JSON.stringify(problemDocument(problem, language, traceId)));
  }
}
