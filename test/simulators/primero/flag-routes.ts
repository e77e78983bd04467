import type { FastifyInstance } from 'fastify';
import { allowed, dataOf, type UserOf } from './case-routes.js';
import { caseFor, mayRead } from './cases.js';
import { notFound, unprocessable } from './errors.js';
import { textOf } from './fields.js';
import type { Flag, PrimeroState } from './state.js';
import { flagView } from './views.js';

interface OfCase {
  Params: { id: string };
}

/** Flags and alerts, as far as a case holds them. */
export function addFlagRoutes(app: FastifyInstance, state: PrimeroState, userOf: UserOf): void {
  app.get<OfCase>('/api/v2/cases/:id/flags', (request, reply) => {
    const stored = caseFor(state, userOf(request), request.params.id);
    return reply.send({ data: state.flags.filter(({ record_id }) => record_id === stored.id).map(flagView) });
  });

  app.post<OfCase>('/api/v2/cases/:id/flags', (request, reply) => {
    const user = allowed(userOf(request), 'flag');
    const stored = caseFor(state, user, request.params.id);
    const sent = dataOf(request);
    const message = textOf(sent, 'message');
    if (message === undefined || message === '') throw unprocessable('errors.models.flag.message');
    const flag: Flag = {
      id: state.flags.length + 1,
      record_id: stored.id,
      date: textOf(sent, 'date'),
      message,
      flagged_by: user.user_name,
      created_at: state.clock.now(),
      removed: false,
    };
    state.flags.push(flag);
    return reply.send({ data: flagView(flag) });
  });

  app.patch<{ Params: { id: string; flag: string } }>('/api/v2/cases/:id/flags/:flag', (request, reply) => {
    const user = allowed(userOf(request), 'flag');
    const stored = caseFor(state, user, request.params.id);
    const flag = state.flags.find(({ id, record_id }) => record_id === stored.id && String(id) === request.params.flag);
    if (flag === undefined) throw notFound('Flag', request.params.flag);
    flag.removed = true;
    flag.unflag_message = textOf(dataOf(request), 'unflag_message') ?? '';
    flag.unflagged_by = user.user_name;
    return reply.send({ data: flagView(flag) });
  });

  app.get('/api/v2/alerts', (request, reply) => {
    const user = userOf(request);
    const count = [...state.cases.values()].filter(
      ({ alerts, ...stored }) => alerts.length > 0 && mayRead(user, { alerts, ...stored }),
    );
    return reply.send({ data: { case: count.length, incident: 0, tracing_request: 0 } });
  });

  app.get<OfCase>('/api/v2/cases/:id/alerts', (request, reply) =>
    reply.send({ data: caseFor(state, userOf(request), request.params.id).alerts }),
  );

  app.delete<{ Params: { id: string; alert: string } }>('/api/v2/cases/:id/alerts/:alert', (request, reply) => {
    const { alerts } = caseFor(state, allowed(userOf(request), 'write'), request.params.id);
    const index = alerts.findIndex(({ unique_id }) => unique_id === request.params.alert);
    if (index < 0) throw notFound('Alert', request.params.alert);
    alerts.splice(index, 1);
    return reply.code(204).send();
  });
}
