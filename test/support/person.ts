import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';
import { URI, type TOTP } from 'otpauth';

import type { Clock } from '#libs/calendar';

import { testPassword } from './sign-ins.js';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Somebody who signs in by hand, with an authenticator app and a drawer for recovery codes. */
export class Person {
  token = '';
  password = testPassword;
  /** What the authenticator app was told. */
  uri = '';
  recoveryCodes: string[] = [];
  /** Each from elsewhere, so that the failures of one are not counted for another. */
  readonly #address = `198.51.100.${(Person.#count += 1)}`;
  static #count = 0;

  constructor(
    readonly app: NestFastifyApplication,
    readonly clock: Clock,
    readonly id: string,
  ) {}

  ask(method: Method, address: string, body?: object, app = this.app): Promise<LightMyRequestResponse> {
    return app.inject({
      method,
      remoteAddress: this.#address,
      url: `/api/v1${address}`,
      ...(this.token === '' ? {} : { headers: { authorization: `Bearer ${this.token}` } }),
      ...(body === undefined ? {} : { payload: body }),
    });
  }

  /** With the password alone. */
  async signIn(password = this.password): Promise<LightMyRequestResponse> {
    const answer = await this.app.inject({
      method: 'POST',
      remoteAddress: this.#address,
      url: '/api/v1/sessions',
      payload: { account: this.id, password, device: 'telephone' },
    });
    return this.#keep(answer, answer.statusCode === 201 ? answer.json<Opened>() : undefined);
  }

  /** What the authenticator app shows now, or some seconds before or after. */
  code(seconds = 0): string {
    const app = URI.parse(this.uri) as TOTP;
    return app.generate({ timestamp: Date.parse(this.clock.now()) + seconds * 1_000 });
  }

  async prove(proof: object = { code: this.code() }): Promise<LightMyRequestResponse> {
    const answer = await this.ask('POST', '/sessions/current/proof', proof);
    return this.#keep(answer, answer.statusCode === 200 ? answer.json<Opened>() : undefined);
  }

  async enrolTotp(): Promise<LightMyRequestResponse> {
    const offered = await this.ask('POST', '/accounts/me/totp', {});
    this.uri = offered.json<{ uri: string }>().uri;
    const answer = await this.ask('POST', '/accounts/me/totp/confirmation', { code: this.code() });
    if (answer.statusCode !== 200) return answer;
    const { opened, recoveryCodes } = answer.json<{ opened: Opened; recoveryCodes: string[] }>();
    this.recoveryCodes.push(...recoveryCodes);
    return this.#keep(answer, opened);
  }

  async join(invitation: string, password: string): Promise<LightMyRequestResponse> {
    const payload = { invitation, password, device: 'telephone' };
    const answer = await this.app.inject({ method: 'POST', url: '/api/v1/joining', payload });
    this.password = password;
    return this.#keep(answer, answer.statusCode === 201 ? answer.json<Opened>() : undefined);
  }

  #keep(answer: LightMyRequestResponse, opened: Opened | undefined): LightMyRequestResponse {
    this.token = opened?.token ?? this.token;
    return answer;
  }
}

/** Which problem an answer tells. */
export const problemIn = (answer: LightMyRequestResponse): string =>
  answer.json<{ type: string }>().type.replace('urn:spean:problem:', '');

interface Opened {
  token: string;
}
