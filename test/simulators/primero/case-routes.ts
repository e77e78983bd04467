import type { FastifyInstance, FastifyRequest } from 'fastify';
import { caseFor, changeCase, createCase, mayRead, shown } from './cases.js';
import { forbidden, unprocessable } from './errors.js';
import { isFields, textOf, type Fields } from './fields.js';
import { listed, only, type Query } from './listing.js';
import type { PrimeroState } from './state.js';
import { may, type Permission, type PrimeroUser } from './users.js';

/** Who asks, as the guard of all routes has found out. */
export type UserOf = (request: FastifyRequest) => PrimeroUser;

/** What a named action may write; everything else that is sent with it is dropped. */
const actions: Readonly<Record<string, readonly string[]>> = {
  close: ['status', 'date_closure'],
  reopen: ['status', 'workflow', 'case_status_reopened'],
  add_note: ['notes_section'],
  services_section_from_case: ['services_section'],
  enable_disable_record: ['record_state'],
};

export function addCaseRoutes(app: FastifyInstance, state: PrimeroState, userOf: UserOf): void {
  app.get<{ Querystring: Query }>('/api/v2/cases', (request, reply) => {
    const user = allowed(userOf(request), 'read');
    const visible = [...state.cases.values()].filter((stored) => mayRead(user, stored));
    return reply.send(listed(visible, request.query));
  });

  app.get<{ Params: { id: string }; Querystring: Query }>('/api/v2/cases/:id', (request, reply) => {
    const stored = caseFor(state, allowed(userOf(request), 'read'), request.params.id);
    return reply.send({ data: only(shown(stored), request.query['fields']) });
  });

  app.post('/api/v2/cases', (request, reply) => {
    const user = allowed(userOf(request), 'create');
    const sent = dataOf(request);
    const stored = createCase(state, sent, user.user_name);
    return textOf(sent, 'id') === undefined ? reply.send({ data: shown(stored) }) : reply.code(204).send();
  });

  app.patch<{ Params: { id: string } }>('/api/v2/cases/:id', (request, reply) => {
    const user = allowed(userOf(request), 'write');
    const stored = caseFor(state, user, request.params.id);
    const changed = changeCase(state, stored, forAction(request.body, dataOf(request)), user.user_name);
    return reply.send({ data: { id: stored.id, ...changed } });
  });

  app.delete<{ Params: { id: string } }>('/api/v2/cases/:id', (request, reply) => {
    const user = allowed(userOf(request), 'delete');
    const stored = caseFor(state, user, request.params.id);
    changeCase(state, stored, { record_state: false }, user.user_name);
    return reply.send({ data: { id: stored.id } });
  });
}

/** @throws Refused */
export function allowed(user: PrimeroUser, permission: Permission): PrimeroUser {
  if (!may(user, permission)) throw forbidden();
  return user;
}

/** What a body holds under `data`. Wrapped twice, it holds one field named `data`, which no form has. @throws Refused */
export function dataOf({ body }: FastifyRequest): Fields {
  if (!isFields(body) || !isFields(body['data'])) throw unprocessable('param is missing or the value is empty: data');
  return body['data'];
}

function forAction(body: unknown, data: Fields): Fields {
  const action = isFields(body) ? textOf(body, 'record_action') : undefined;
  if (action === undefined) return data;
  const writable = actions[action] ?? [];
  return Object.fromEntries(Object.entries(data).filter(([name]) => writable.includes(name)));
}
