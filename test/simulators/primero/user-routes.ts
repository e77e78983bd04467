import type { FastifyInstance } from 'fastify';
import type { UserOf } from './case-routes.js';
import type { PrimeroState } from './state.js';
import { receives, type PrimeroUser } from './users.js';

/** Who can be handed a case, by the kind of hand-over. */
const eligible: Readonly<Record<string, (user: PrimeroUser) => boolean>> = {
  'refer-to': (user) => receives(user, 'receive_referral'),
  'transfer-to': (user) => receives(user, 'receive_transfer'),
  'assign-to': ({ disabled }) => disabled !== true,
};

export function addUserRoutes(app: FastifyInstance, state: PrimeroState, userOf: UserOf): void {
  for (const [path, isEligible] of Object.entries(eligible)) {
    app.get<{ Querystring: { agency?: string } }>(`/api/v2/users/${path}`, (request, reply) => {
      userOf(request);
      const { agency } = request.query;
      const found = [...state.users.values()].filter(
        (user) => isEligible(user) && (agency === undefined || user.agency === agency),
      );
      return reply.send({
        data: found.map(({ user_name, full_name, agency: of }) => ({ user_name, full_name, agency: of })),
      });
    });
  }

  app.get('/api/v2/agencies', (request, reply) => {
    userOf(request);
    const data = state.agencies.map(({ id, name }, index) => ({ id: index + 1, unique_id: id, name: { en: name } }));
    return reply.send({ data, metadata: { total: data.length, per: 20, page: 1 } });
  });
}
