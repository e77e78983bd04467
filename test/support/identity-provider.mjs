// A real identity provider on loopback, in a process of its own. It is told where people are sent back to, and says by
// message where it is. Whatever name is given at its sign-in page becomes the subject.
import Provider from 'oidc-provider';
import { createServer } from 'node:http';

const [callback] = process.argv.slice(2);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'spean', client_secret: 'a secret of the test alone', redirect_uris: [callback] }],
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  server.on('request', provider.callback());
  process.send(issuer);
});
// It listens until the test that started it is gone, however that ended.
process.once('disconnect', () => process.exit(0));
