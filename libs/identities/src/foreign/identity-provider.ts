import * as client from 'openid-client';

/** Where people sign in who have an account at an identity provider (OpenID Connect). */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What has to be remembered between leaving for the provider and coming back. */
export interface Departure {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is there, for good: an address may pass to somebody else, these two never do. */
export interface ForeignIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** It cannot be asked: it does not answer, or answers what no provider would. */
export class ProviderAway extends Error {
  override readonly name = 'ProviderAway';
}

/** An identity provider, asked for its addresses and keys when it is first needed. */
export class IdentityProvider {
  readonly #settings: ProviderSettings;
  readonly #callback: string;
  #configuration: Promise<client.Configuration> | undefined;

  constructor(settings: ProviderSettings, callback: string) {
    this.#settings = settings;
    this.#callback = callback;
  }

  get issuer(): string {
    return this.#settings.issuer;
  }

  /** @throws ProviderAway */
  async depart(state: string): Promise<{ address: string; departure: Departure }> {
    const [nonce, verifier] = [client.randomNonce(), client.randomPKCECodeVerifier()];
    const address = client.buildAuthorizationUrl(await this.#discovered(), {
      redirect_uri: this.#callback,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { address: address.href, departure: { state, nonce, verifier } };
  }

  /**
   * @param query of the address to which the provider sent the browser back
   * @returns undefined for anything but a right answer to this very departure
   * @throws ProviderAway
   */
  async arrive(query: string, { state, nonce, verifier }: Departure): Promise<ForeignIdentity | undefined> {
    const address = new URL(this.#callback);
    address.search = query;
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const configuration = await this.#discovered();
    const tokens = await client.authorizationCodeGrant(configuration, address, checks).catch(() => undefined);
    const claims = tokens?.claims();
    return claims && { issuer: claims.iss, subject: claims.sub };
  }

  #discovered(): Promise<client.Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = undefined; // it may be back in a moment
      throw new ProviderAway('the identity provider cannot be asked', { cause: error });
    });
    return this.#configuration;
  }

  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const server = new URL(issuer);
    // Settings refuse a provider without TLS in production.
    const plain = server.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    // The library takes TLS to the provider for enough; whoever stands between the two, or before it, could write tokens.
    const execute = [client.enableNonRepudiationChecks, ...plain];
    return client.discovery(server, clientId, undefined, client.ClientSecretBasic(clientSecret), { execute });
  }
}
