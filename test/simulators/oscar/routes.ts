import type { FastifyInstance } from 'fastify';
import type { OscarAuth } from './auth.js';
import { hasSimilar, type PersonQuery } from './duplicates.js';
import { Refused, seeLogs } from './errors.js';
import { listedClients, type ClientsQuery } from './listing.js';
import type { OscarState } from './state.js';
import { updateLinks, updateStatuses } from './updates.js';
import { upsert } from './upsert.js';

export function addRoutes(app: FastifyInstance, state: OscarState, auth: OscarAuth): void {
  const root = '/api/v1/organizations';

  app.get(root, (request, reply) => {
    auth.userOf(request);
    const organizations = state.organizations.map(({ id, full_name, short_name }) => ({
      ...{ id, full_name, short_name },
      ...{ logo: { url: null }, country: 'cambodia', demo: false },
    }));
    return reply.send({ organizations });
  });

  app.get(`${root}/listing`, (request, reply) => {
    auth.userOf(request);
    return reply.send(state.organizations.map(({ full_name, short_name }) => [full_name, short_name]));
  });

  app.get<{ Querystring: ClientsQuery }>(`${root}/clients`, (request, reply) =>
    reply.send({ data: listedClients(state, auth.userOf(request), request.query) }),
  );

  app.post(`${root}/clients/upsert`, (request, reply) => reply.send(upsert(state, auth.userOf(request), request.body)));

  app.put(`${root}/clients/update_links`, (request, reply) => {
    auth.userOf(request);
    return reply.send(updateLinks(state, request.body));
  });

  app.put(`${root}/referrals/update_statuses`, (request, reply) => {
    auth.userOf(request);
    return reply.send(updateStatuses(state, request.body));
  });

  app.get<{ Querystring: PersonQuery }>(`${root}/clients/check_duplication`, (request, reply) => {
    auth.userOf(request);
    const found = hasSimilar(state, request.query);
    return reply.send({ similar_fields: found ? 'Record was Found' : 'Record was not found' });
  });

  app.get<{ Params: { id: string } }>(`${root}/transactions/:id`, (request, reply) => {
    auth.userOf(request);
    const { id } = request.params;
    const items = state.transactions.get(id);
    if (items === undefined) throw new Refused(500, { message: seeLogs });
    return reply.send({ transaction_id: id, items });
  });
}
