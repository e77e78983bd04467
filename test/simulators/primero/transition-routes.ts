import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowed, dataOf, type UserOf } from './case-routes.js';
import { caseFor } from './cases.js';
import { forbidden, unprocessable } from './errors.js';
import { isFields, textOf, type Fields } from './fields.js';
import { listed } from './listing.js';
import type { PrimeroState, StoredCase, Transition, TransitionType } from './state.js';
import { answer, assign, refer, request as askFor, revoke, transfer, transitionFor } from './transitions.js';
import type { PrimeroUser } from './users.js';
import { transitionView, withRecord } from './views.js';

type Begin = (state: PrimeroState, stored: StoredCase, sent: Fields, by: PrimeroUser) => Transition;

interface Resource {
  readonly path: string;
  readonly type: TransitionType;
  readonly begin: Begin;
}

const resources: readonly Resource[] = [
  { path: 'referrals', type: 'Referral', begin: refer },
  { path: 'transfers', type: 'Transfer', begin: transfer },
  { path: 'assigns', type: 'Assign', begin: assign },
  { path: 'transfer_requests', type: 'TransferRequest', begin: askFor },
];

/** More cases than this at once are refused whole. */
const mostAtOnce = 100;

interface OfCase {
  Params: { id: string };
}
interface OfTransition {
  Params: { id: string; transition: string };
}

export function addTransitionRoutes(app: FastifyInstance, state: PrimeroState, userOf: UserOf): void {
  for (const resource of resources) addResource(app, state, userOf, resource);

  app.get<OfCase & { Querystring: { types?: string } }>('/api/v2/cases/:id/transitions', (request, reply) => {
    const types = (request.query.types?.split(',') ?? []) as TransitionType[];
    return list(request, reply, types);
  });

  app.delete<OfTransition>('/api/v2/cases/:id/referrals/:transition', (request, reply) => {
    const user = userOf(request);
    const stored = caseFor(state, user, request.params.id);
    const transition = transitionFor(state, stored.id, request.params.transition, 'Referral');
    revoke(state, stored, transition, allowed(user, 'refer'));
    return reply.send({ data: withRecord(state, stored, transition, user) });
  });

  for (const path of ['referrals', 'transfers'] as const) {
    app.post(`/api/v2/cases/${path}`, (request, reply) => {
      const begin = path === 'referrals' ? refer : transfer;
      return reply.send({ data: beginMany(begin, dataOf(request), userOf(request)) });
    });
  }

  /** Names its cases by filters, never by ids; the work is done later, after the answer. */
  app.post('/api/v2/cases/assigns', (request, reply) => {
    const sent = dataOf(request);
    const { filters } = sent;
    if (!isFields(filters)) throw unprocessable('filters are required');
    const user = allowed(userOf(request), 'assign');
    const query = Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, [value].flat().join(',')]));
    const chosen = new Set(listed([...state.cases.values()], { ...query, per: 1000 }).data.map(({ id }) => id));
    setImmediate(() => {
      for (const stored of state.cases.values()) if (chosen.has(stored.id)) assign(state, stored, sent, user);
    });
    return reply.send({ data: sent });
  });

  /** Stops at the first case that can't be handed over. What was begun before it stays. */
  function beginMany(begin: Begin, sent: Fields, user: PrimeroUser): Fields[] {
    const ids = Array.isArray(sent['ids']) ? sent['ids'].map(String) : [];
    if (ids.length > mostAtOnce) throw unprocessable('errors.bulk_transition.limit');
    return ids.map((id) => {
      const stored = caseFor(state, user, id);
      return transitionView(state, stored, begin(state, stored, sent, user), user);
    });
  }

  function list(request: FastifyRequest<OfCase>, reply: FastifyReply, types: TransitionType[]): FastifyReply {
    const user = userOf(request);
    const stored = caseFor(state, user, request.params.id);
    const found = state.transitionsOf(stored.id, ...types);
    return reply.send({ data: found.map((transition) => transitionView(state, stored, transition, user)) });
  }
}

function addResource(app: FastifyInstance, state: PrimeroState, userOf: UserOf, resource: Resource): void {
  const { path, type, begin } = resource;

  app.get<OfCase>(`/api/v2/cases/:id/${path}`, (request, reply) => {
    const user = userOf(request);
    const stored = caseFor(state, user, request.params.id);
    const found = state.transitionsOf(stored.id, type);
    return reply.send({ data: found.map((transition) => transitionView(state, stored, transition, user)) });
  });

  app.post<OfCase>(`/api/v2/cases/:id/${path}`, (request, reply) => {
    const user = userOf(request);
    const stored = caseFor(state, user, request.params.id);
    const transition = begin(state, stored, dataOf(request), user);
    return reply.send({ data: withRecord(state, stored, transition, user) });
  });

  if (type === 'Assign') return;
  app.patch<OfTransition>(`/api/v2/cases/:id/${path}/:transition`, (request, reply) => {
    const user = userOf(request);
    const stored = caseFor(state, user, request.params.id);
    const transition = transitionFor(state, stored.id, request.params.transition, type);
    if (!mayAnswer(user, transition, textOf(dataOf(request), 'status'))) throw forbidden();
    answer(state, stored, transition, dataOf(request), user);
    return reply.send({ data: withRecord(state, stored, transition, user) });
  });
}

/** The one who was asked, whoever takes back what they asked themselves, and accounts that see everything. */
const mayAnswer = (user: PrimeroUser, transition: Transition, status: string | undefined): boolean =>
  (user.sees ?? 'all') === 'all' ||
  transition.transitioned_to === user.user_name ||
  (status === 'revoked' && transition.transitioned_by === user.user_name);
