import type { OpenedSession } from '#libs/identities';
import type { FastifyReply } from 'fastify';

import { cookieHolding, csrfTokenOf, sessionCookie } from '../http/presented.js';
import { sessionView, type OpenedView } from './session-views.js';

export const unnamedDevice = 'unnamed';

/** Gives a new token to whoever has just proved who they are: programs read it, browsers keep it where no script looks. */
export function handOver({ token, session }: OpenedSession, reply: FastifyReply): OpenedView {
  const view = sessionView(session, session.id);
  if (!session.browser) return { token, session: view };
  void reply.header('set-cookie', cookieHolding(sessionCookie, token));
  return { csrf: csrfTokenOf(token), session: view };
}
