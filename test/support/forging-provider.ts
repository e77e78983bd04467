import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An ID token before it is written: what a test bends. */
export interface IdToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What signs it; absent: nothing does. `secret` is the one that client and provider share. */
  readonly by?: KeyObject | 'secret';
}

const keyId = 'the-key-of-the-provider';
export const clientSecret = 'a secret of the test alone';
/** What the provider gives besides the ID token: it opens doors there, and is nobody's business here. */
export const accessToken = 'canary-access-token-of-the-provider';

/** An identity provider on loopback that says of people what a test wants it to say. */
export class ForgingProvider {
  readonly #server: Server;
  readonly #key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  #next: IdToken | undefined;
  /** How often somebody came for a token. */
  asked = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.#answerTo(request.url ?? '')));
    });
  }

  static async start(): Promise<ForgingProvider> {
    const provider = new ForgingProvider();
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The token of somebody who signed in properly. */
  honest(nonce: string, subject: string): IdToken {
    const now = Math.floor(Date.now() / 1_000);
    return {
      header: { alg: 'RS256', kid: keyId },
      claims: { iss: this.issuer, aud: 'spean', sub: subject, nonce, iat: now, exp: now + 300 },
      by: this.#key.privateKey,
    };
  }

  /** What whoever comes next is handed. */
  hand(token: IdToken): void {
    this.#next = token;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answerTo(url: string): unknown {
    if (url.includes('/.well-known/')) return this.#metadata();
    if (url === '/keys') {
      return { keys: [{ ...this.#key.publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS256' }] };
    }
    this.asked += 1;
    const idToken = this.#next && written(this.#next);
    return { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken };
  }

  /** The same under every address, so that it is a lie under all but its own. */
  #metadata(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
    };
  }
}

function written({ header, claims, by }: IdToken): string {
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signatureOf(signed, by)}`;
}

function signatureOf(signed: string, by: IdToken['by']): string {
  if (by === undefined) return '';
  if (by === 'secret') return createHmac('sha256', clientSecret).update(signed).digest('base64url');
  return sign('sha256', Buffer.from(signed), by).toString('base64url');
}
