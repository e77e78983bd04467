import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

import { digestOf } from '../secret-token.js';
import type { KeptPasskey, Passkey } from './passkey-table.js';

type CreationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>;
type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>;
type CreationAnswer = Parameters<typeof verifyRegistrationResponse>[0]['response'];
type RequestAnswer = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

/** What an authenticator answered, as it came; nothing about it is believed before it was checked. */
export type AuthenticatorAnswer = Readonly<Record<string, unknown>>;

/** This installation as authenticators know it. What they sign for another address is worth nothing here. */
export class RelyingParty {
  readonly #id: string;
  readonly #origin: string;

  constructor(publicUrl: string) {
    const { hostname, origin } = new URL(publicUrl);
    this.#id = hostname;
    this.#origin = origin;
  }

  creationOptions(staffId: string, present: readonly Passkey[]): Promise<CreationOptions> {
    return generateRegistrationOptions({
      rpName: 'Spean',
      rpID: this.#id,
      userName: staffId,
      userID: Uint8Array.from(digestOf(`passkeys of ${staffId}`)),
      attestationType: 'none',
      excludeCredentials: present.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  requestOptions(): Promise<RequestOptions> {
    return generateAuthenticationOptions({ rpID: this.#id, userVerification: 'required' });
  }

  /** @returns undefined for an answer that is not right, whatever is wrong with it */
  async created(answer: AuthenticatorAnswer, expectedChallenge: string) {
    const verdict = await verifyRegistrationResponse({
      response: answer as unknown as CreationAnswer,
      ...this.#expected(expectedChallenge),
    }).catch(() => undefined);
    return verdict?.verified === true ? verdict.registrationInfo.credential : undefined;
  }

  /** @returns the new counter; undefined for an answer that is not right */
  async answered(
    answer: AuthenticatorAnswer,
    expectedChallenge: string,
    { id, publicKey, counter }: KeptPasskey,
  ): Promise<number | undefined> {
    const verdict = await verifyAuthenticationResponse({
      response: answer as unknown as RequestAnswer,
      credential: { id, publicKey: Uint8Array.from(publicKey), counter },
      ...this.#expected(expectedChallenge),
    }).catch(() => undefined);
    return verdict?.verified === true ? verdict.authenticationInfo.newCounter : undefined;
  }

  #expected(expectedChallenge: string) {
    const expected = { expectedChallenge, expectedOrigin: this.#origin, expectedRPID: this.#id };
    return { ...expected, requireUserVerification: true };
  }
}
