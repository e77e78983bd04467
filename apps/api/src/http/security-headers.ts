import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

type Policies = Parameters<FastifyReply['helmet']>[0];

/** Answers hold children's records: no cache keeps them, and no page of theirs uses what a device has. */
const besides = { 'cache-control': 'no-store', 'permissions-policy': 'camera=(), geolocation=(), microphone=()' };

const embeddedNowhere = { 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] };

/** No page embeds an answer, no script reads it, nothing in it is run. */
const answers = policiesWith({ 'default-src': ["'none'"] });

/** The page that shows the interface runs its own script and styles from here, and nothing from elsewhere. */
const ownPage = policiesWith({
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
});

/** For an address that is refused before any hook, and thus the plug-in, has run. */
export const headersOfRefusedAddress = {
  ...besides,
  'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
  'x-content-type-options': 'nosniff',
};

/** Which policies hold is decided by address, so the plug-in sets none by itself. */
export function addSecurityHeaders(server: FastifyInstance): void {
  void server.register(helmet, { global: false });
  server.addHook('onRequest', (request, reply, done) => {
    secure(request.url, reply);
    done();
  });
}

function secure(url: string, reply: FastifyReply): void {
  const page = url === '/docs' || url.startsWith('/docs/');
  void reply.headers(besides);
  reply.helmet(page ? ownPage : answers);
}

function policiesWith(directives: Record<string, string[]>): Policies {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: { ...directives, ...embeddedNowhere } },
    frameguard: { action: 'deny' },
    strictTransportSecurity: { maxAge: 365 * 24 * 60 * 60, includeSubDomains: true },
  };
}
