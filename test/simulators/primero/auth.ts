import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { milliseconds, plus, type Instant } from '#libs/calendar';
import { isFields, textOf } from './fields.js';
import { forbidden } from './errors.js';
import type { PrimeroState } from './state.js';
import type { PrimeroUser } from './users.js';

/** `native`: cookie or Basic, and no token is ever given. `idp`: an identity provider gives tokens; Basic stays. */
export type AuthMode = 'native' | 'idp';

/** The simulated provider's tokens live an hour. */
const tokenLife = 'PT1H';
const reading = new Set(['GET', 'HEAD']);

interface Session {
  readonly user: PrimeroUser;
  /** The token that a browser repeats in a header, so that no other page can write in its name. */
  readonly csrf: string;
}

/** Who is asking: HTTP Basic on every call, a session cookie, or a token of the identity provider. */
export class PrimeroAuth {
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Map<string, { user: PrimeroUser; until: Instant }>();

  constructor(
    private readonly state: PrimeroState,
    private readonly mode: AuthMode,
  ) {}

  endSessions(): void {
    this.#sessions.clear();
    this.#tokens.clear();
  }

  /** What the identity provider gives the user who signs in there. */
  issueToken(userName: string): string {
    const user = this.state.users.get(userName);
    if (user === undefined) throw new Error('no such user');
    const until = plus(this.state.clock.now(), tokenLife, 'UTC');
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: userName, jti: this.state.newId(), exp: Math.floor(Date.parse(until) / 1000) };
    const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${this.state.random.hex(64)}`;
    this.#tokens.set(token, { user, until });
    return token;
  }

  /** The user of a request; undefined when nobody is signed in. @throws Refused when a browser's token is missing */
  userOf(request: FastifyRequest): PrimeroUser | undefined {
    const header = request.headers.authorization ?? '';
    if (header.startsWith('Basic ')) return this.#byPassword(Buffer.from(header.slice(6), 'base64').toString());
    if (header.startsWith('Bearer ')) return this.#byToken(header.slice(7));
    const session = this.#sessions.get(cookieOf(request, '_app_session') ?? '');
    if (session === undefined) return undefined;
    if (!reading.has(request.method) && request.headers['x-csrf-token'] !== session.csrf) throw forbidden();
    return session.user;
  }

  addRoutes(app: FastifyInstance): void {
    app.post('/api/v2/tokens', (request, reply) => {
      if (this.mode === 'idp') {
        const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
        const user = this.#byToken(token);
        return user === undefined ? reply.code(401).send(unauthorised) : reply.send({ ...introduced(user), token });
      }
      const asked = isFields(request.body) && isFields(request.body['user']) ? request.body['user'] : {};
      const user = this.#byPassword(`${textOf(asked, 'user_name') ?? ''}:${textOf(asked, 'password') ?? ''}`);
      if (user === undefined) return reply.code(401).send(unauthorised);
      const session = this.state.random.hex(32);
      const csrf = this.state.random.hex(32);
      this.#sessions.set(session, { user, csrf });
      return reply
        .header('set-cookie', [`_app_session=${session}; path=/; HttpOnly; SameSite=Lax`, `CSRF-TOKEN=${csrf}; path=/`])
        .send(introduced(user));
    });
    app.delete('/api/v2/tokens', (request, reply) => {
      this.#sessions.delete(cookieOf(request, '_app_session') ?? '');
      return reply.send({});
    });
  }

  #byPassword(pair: string): PrimeroUser | undefined {
    const colon = pair.indexOf(':');
    const user = this.state.users.get(pair.slice(0, colon));
    const right = user !== undefined && user.disabled !== true && isSame(pair.slice(colon + 1), user.password);
    return right ? user : undefined;
  }

  #byToken(token: string): PrimeroUser | undefined {
    const known = this.#tokens.get(token);
    if (known === undefined || milliseconds(this.state.clock.now(), known.until) <= 0) return undefined;
    return known.user;
  }
}

export const unauthorised = { error: 'Invalid User name or password.' };

const introduced = ({ user_name, sees = 'all' }: PrimeroUser) => ({ id: 1, user_name, group_permission: sees });

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function cookieOf({ headers }: FastifyRequest, name: string): string | undefined {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}
