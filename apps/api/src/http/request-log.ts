import type { Log } from '#libs/logging';
import type { FastifyInstance } from 'fastify';

/** One line a request, once it is answered: which route, not which address; who, how it went, how long it took. */
export function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', (request, reply, done) => {
    log.info('answered', {
      traceId: request.id,
      method: request.method,
      ...(request.is404 || request.routeOptions.url === undefined ? {} : { route: request.routeOptions.url }),
      ...(request.caller === undefined ? {} : { caller: request.caller.id }),
      status: reply.statusCode,
      ...(request.refusedAs === undefined ? {} : { code: request.refusedAs }),
      ms: Math.round(reply.elapsedTime),
    });
    done();
  });
}
