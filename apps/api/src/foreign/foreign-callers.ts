import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '#libs/access';
import { ServiceTokens, type ServiceAccount } from '#libs/identities';

import { RequestProblem } from '../http/problem.js';
import { ServiceCallers } from '../http/service-caller.js';
import type { SpokenAs } from './speaks-as.js';

const basic = /^Basic ([\w+/=-]{1,1000})$/i;
const bearer = /^Bearer ([\w-]{20,100})$/i;

/** Lets programs in that show who they are as they would to another system. No session of a person counts there. */
@Injectable()
export class ForeignCallers {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly services: ServiceCallers,
  ) {}

  /** @throws RequestProblem */
  async admit(request: FastifyRequest, system: SpokenAs): Promise<Caller> {
    const account = await (system === 'primero' ? this.#byAuthorization(request) : this.#byTokenHeaders(request));
    if (account === undefined) throw new RequestProblem('caller-unknown');
    return this.services.admitted(request, account);
  }

  /** Basic with every call, as integrations of Primero do, or the token that a sign-in gave. */
  async #byAuthorization({ headers, ip }: FastifyRequest): Promise<ServiceAccount | undefined> {
    const { authorization = '' } = headers;
    const token = bearer.exec(authorization)?.[1];
    if (token !== undefined) return this.tokens.find(token, 'primero', ip);
    const pair = Buffer.from(basic.exec(authorization)?.[1] ?? '', 'base64').toString();
    const colon = pair.indexOf(':');
    if (colon < 0) return undefined;
    return this.tokens.accountOf({ name: pair.slice(0, colon), key: pair.slice(colon + 1), address: ip });
  }

  /**
   * The three headers that a sign-in gave. Whatever else a job sends along (its password as Basic with every call, cookies
   * of another host) is not looked at.
   */
  async #byTokenHeaders({ headers, ip }: FastifyRequest): Promise<ServiceAccount | undefined> {
    const { 'access-token': token, client, uid } = headers;
    if (typeof token !== 'string' || typeof uid !== 'string' || client !== clientOf(token)) return undefined;
    const account = await this.tokens.find(token, 'oscar', ip);
    return account !== undefined && [account.id, account.title].includes(nameIn(uid)) ? account : undefined;
  }
}

/** The second header that goes with a token; it follows from the token, so nothing more is kept. */
export const clientOf = (token: string): string =>
  createHash('sha256').update(`client ${token}`).digest('base64url').slice(0, clientLength);

const clientLength = 22;

/** The account in what a client takes for an address of mail: the whole, or what stands before the host. */
export const nameIn = (email: string): string => email.replace(/@[^@]*$/, '');
