import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '#libs/access';
import { isWithin, ServiceKeys, type ServiceAccount } from '#libs/identities';

import { RequestProblem } from './problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Id of the program that calls; absent for people. */
    service?: string;
  }
}

const groupIn = /^\/(?:api\/v1\/)?([\w-]+)/;

/** Lets programs in by their keys, to the routes of their scopes. */
@Injectable()
export class ServiceCallers {
  constructor(private readonly keys: ServiceKeys) {}

  /** @throws RequestProblem */
  async admit(request: FastifyRequest, key: string): Promise<Caller> {
    const account = await this.keys.find(key, request.ip);
    if (account === undefined) throw new RequestProblem('caller-unknown');
    return this.admitted(request, account);
  }

  /**
   * The program whose account was proved, as a caller of this route.
   *
   * @throws RequestProblem
   */
  admitted(request: FastifyRequest, account: ServiceAccount): Caller {
    const { id, agency, title } = account;
    const caller = { id, agency, roles: ['INTEGRATION'], title, language: 'en' } as const;
    request.service = id;
    if (account.frozenAt !== null) throw new RequestProblem('account-frozen');
    const group = groupIn.exec(request.routeOptions.url ?? '')?.[1] ?? '';
    if (!isWithin(account.scopes, group)) throw new RequestProblem('scope-missing');
    return caller;
  }
}
