import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { asWritten, keepRefusal, unmistakable } from './evidence.js';
import type { SignIns } from './sign-ins.js';

/** The answer to a command. */
export interface Recorded {
  /** What it made, or else the case. */
  readonly id: string;
  readonly version: number;
  readonly events: readonly string[];
}

/** The answer to a command that was refused, as far as tests look at it. */
export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly unmet?: readonly { readonly code: string; readonly subject: string; readonly text: Bilingual }[];
}

interface Bilingual {
  readonly en: string;
  readonly km: string;
}

/** An answer that is no success; its message says all that the answer says. */
export class ProblemAnswer extends Error {
  constructor(
    request: string,
    readonly problem: Problem,
  ) {
    const unmet = (problem.unmet ?? []).map(({ code, subject, text }) => `\n  ${code} ${subject}: ${text.en}`);
    super(`${request}: ${problem.status} ${problem.detail}${unmet.join('')}\n${JSON.stringify(problem)}`);
  }
}

/** A member of staff at the program's interface. Anything but a success is thrown. */
export class HttpClient {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly signIns: SignIns,
    readonly staffId: string,
  ) {}

  get<Body>(address: string): Promise<Body> {
    return this.#ask<Body>('GET', address);
  }

  post(address: string, body: object = {}, headers: Record<string, string> = {}): Promise<Recorded> {
    return this.#ask<Recorded>('POST', address, body, headers);
  }

  patch(address: string, body: object): Promise<Recorded> {
    return this.#ask<Recorded>('PATCH', address, body);
  }

  async #ask<Body>(
    method: 'GET' | 'POST' | 'PATCH',
    address: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<Body> {
    const answer = await this.app.inject({
      method,
      url: `/api/v1${address}`,
      headers: { ...(await this.signIns.headersOf(this.staffId)), ...headers },
      ...(payload === undefined ? {} : { payload: unmistakable(address, payload) }),
    });
    if (answer.statusCode === 204) return undefined as Body;
    if (answer.statusCode < 300) return JSON.parse(asWritten(answer.payload)) as Body;
    keepRefusal(answer.payload);
    throw new ProblemAnswer(`${this.staffId} ${method} ${address}`, JSON.parse(asWritten(answer.payload)) as Problem);
  }
}

/** Why something was refused. @throws when it was not */
export async function refusal(asked: Promise<unknown>): Promise<Problem> {
  const answer = await asked.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ProblemAnswer) return error.problem;
      throw error;
    },
  );
  if (answer === undefined) throw new Error('was not refused');
  return answer;
}
