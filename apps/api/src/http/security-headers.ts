import type { FastifyInstance, FastifyReply } from 'fastify';

/** Answers hold children's records: no cache keeps them, no page embeds them, no script reads them. */
const everywhere = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** The page that shows the interface runs its own script and styles from here, and nothing from elsewhere. */
const ownPage =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function addSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    secure(request.url, reply);
    done();
  });
}

export function secure(url: string, reply: FastifyReply): void {
  const page = url === '/docs' || url.startsWith('/docs/');
  void reply.headers({ ...everywhere, 'content-security-policy': page ? ownPage : nothing });
}
