import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock, Instant } from '#libs/calendar';
import type { FaultKind, FaultPlan, FaultRule } from './faults.js';

/** One request as it arrived, and what was answered. Bodies stay in memory, for a scan that looks for secrets. */
export interface SeenRequest {
  readonly at: Instant;
  readonly method: string;
  /** With its query, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  body: string | undefined;
  /** Undefined when there was no answer. */
  status: number | undefined;
  fault: FaultKind | undefined;
}

/** How a system tells that it is too busy: each has its own words. */
export interface BusyAnswers {
  throttled(request: FastifyRequest, reply: FastifyReply): FastifyReply;
  unavailable(request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

export interface ServerOptions {
  readonly clock: Clock;
  readonly faults: FaultPlan;
  readonly busy: BusyAnswers;
  /** Ends every token and session. */
  readonly endSessions: () => void;
}

export interface SimulatedServer {
  readonly app: FastifyInstance;
  readonly requests: SeenRequest[];
}

/** Marks the first of two deliveries of one request; nobody outside sends it. */
const rehearsal = 'x-simulator-rehearsal';

/** A server that takes any JSON, keeps every request, and lets the plan of faults have its way. */
export function simulatedServer({ clock, faults, busy, endSessions }: ServerOptions): SimulatedServer {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  const requests: SeenRequest[] = [];
  const marks = new WeakMap<FastifyRequest, { seen: SeenRequest; fault: FaultRule | undefined }>();

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
    const mark = marks.get(request);
    if (mark !== undefined) mark.seen.body = String(text);
    try {
      done(null, text === '' ? undefined : JSON.parse(String(text)));
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }));
    }
  });

  app.addHook('onRequest', async (request, reply) => {
    if (request.headers[rehearsal] !== undefined) return undefined;
    const fault = faults.down ? undefined : faults.strike(request.method, pathOf(request));
    const { method, url } = request;
    const headers = { ...request.headers };
    const seen = { at: clock.now(), method, url, headers, body: undefined, status: undefined, fault: fault?.kind };
    requests.push(seen);
    marks.set(request, { seen, fault });
    if (faults.down) return reset(request, reply);
    if (fault === undefined) return undefined;
    return before(fault, request, reply, busy, endSessions);
  });

  app.addHook('preHandler', async (request) => {
    const mark = marks.get(request);
    if (mark?.fault?.kind !== 'doubled') return;
    await app.inject({
      method: request.method as 'POST',
      url: request.url,
      headers: { ...request.headers, [rehearsal]: '1' },
      ...(mark.seen.body === undefined ? {} : { payload: mark.seen.body }),
    });
  });

  app.addHook('onSend', async (request, reply, payload) => {
    switch (marks.get(request)?.fault?.kind) {
      case 'failed_after':
        reply.code(500).type('text/html; charset=utf-8').removeHeader('content-length');
        return '<!DOCTYPE html><html><body><h1>We are sorry, but something went wrong.</h1></body></html>';
      case 'reset_after':
        request.raw.socket.resetAndDestroy();
        return payload;
      case 'silent_after':
        return never();
      default:
        return payload;
    }
  });

  app.addHook('onResponse', async (request, reply) => {
    const mark = marks.get(request);
    if (mark !== undefined && mark.fault?.kind !== 'reset_after') mark.seen.status = reply.statusCode;
  });

  return { app, requests };
}

async function before(
  fault: FaultRule,
  request: FastifyRequest,
  reply: FastifyReply,
  busy: BusyAnswers,
  endSessions: () => void,
): Promise<unknown> {
  switch (fault.kind) {
    case 'throttled':
      return busy.throttled(request, reply.header('retry-after', String(fault.retryAfterSeconds ?? 1)));
    case 'unavailable':
      return busy.unavailable(request, reply.header('retry-after', '60'));
    case 'not_json':
      return reply.code(200).type('text/html').send('<html><body>Please sign in to this network.</body></html>');
    case 'reset_before':
      return reset(request, reply);
    case 'silent_before':
      return never();
    case 'slow':
      return fault.until ?? new Promise((resolve) => setTimeout(() => resolve(undefined), fault.delay ?? 100).unref());
    case 'tokens_expired':
      return endSessions();
    default:
      return undefined;
  }
}

function reset(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.raw.socket.resetAndDestroy();
  return reply.hijack();
}

const never = (): Promise<never> => new Promise(() => undefined);

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? url;

/** Starts on the loopback device only and answers the base address. Port 0 takes any free one. */
export async function listen(app: FastifyInstance, port = 0): Promise<string> {
  return app.listen({ host: '127.0.0.1', port });
}
