import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { milliseconds, plus, type Instant } from '#libs/calendar';
import type { OscarState, OscarUser } from './state.js';
import { Refused } from './errors.js';

const tokenLife = 'P7D';
/** Signing in once more ends the oldest of them. */
const mostDevices = 10;

interface Device {
  readonly user: OscarUser;
  readonly client: string;
  readonly token: string;
  readonly until: Instant;
}

/** Token sign-in: three values that are repeated with every request. Any `Authorization` header and cookie is ignored. */
export class OscarAuth {
  #devices: Device[] = [];

  constructor(private readonly state: OscarState) {}

  endSessions(): void {
    this.#devices = [];
  }

  /** @throws Refused */
  userOf(request: FastifyRequest): OscarUser {
    const [token, client, uid] = ['access-token', 'client', 'uid'].map((name) => given(request, name));
    const device = this.#devices.find((each) => each.client === client && each.user.email === uid);
    const live = device !== undefined && milliseconds(this.state.clock.now(), device.until) > 0;
    if (!live || !isSame(device.token, token ?? '')) {
      throw new Refused(401, { errors: ['You need to sign in or sign up before continuing.'] });
    }
    return device.user;
  }

  addRoutes(app: FastifyInstance): void {
    app.post('/api/v1/admin_auth/sign_in', (request, reply) => {
      const { email, password } = (request.body ?? {}) as { email?: unknown; password?: unknown };
      const user = this.state.users.find((each) => each.email === email);
      if (user === undefined || typeof password !== 'string' || !isSame(user.password, password)) {
        throw new Refused(401, { success: false, errors: ['Invalid login credentials. Please try again.'] });
      }
      const { client, token, until } = this.#signIn(user);
      const { id, first_name, last_name } = user;
      return reply
        .headers({
          'access-token': token,
          'token-type': 'Bearer',
          client,
          expiry: String(Math.floor(Date.parse(until) / 1000)),
          uid: user.email,
          'set-cookie': `_cif-web_session=${this.state.random.hex(32)}; path=/; HttpOnly`,
        })
        .send({
          data: { id, email: user.email, token: null, first_name, last_name, provider: 'email', uid: user.email },
        });
    });
  }

  #signIn(user: OscarUser): Device {
    const { random, clock } = this.state;
    const device = { user, client: random.hex(22), token: random.hex(22), until: plus(clock.now(), tokenLife, 'UTC') };
    const others = this.#devices.filter((each) => each.user !== user);
    const own = this.#devices.filter((each) => each.user === user);
    this.#devices = [...others, ...own.slice(1 - mostDevices), device];
    return device;
  }
}

/** A header, or a parameter of the query of that name. */
function given(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers[name];
  const parameter = (request.query as Record<string, unknown>)[name];
  return [header, parameter].find((value) => typeof value === 'string');
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
