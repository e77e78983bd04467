import type { FastifyRequest } from 'fastify';
import type { Clock } from '#libs/calendar';
import { FaultPlan, type FaultRule } from '../shared/faults.js';
import { Random } from '../shared/random.js';
import { listen, simulatedServer, type SeenRequest } from '../shared/server.js';
import { PrimeroAuth, unauthorised, type AuthMode } from './auth.js';
import { addCaseRoutes } from './case-routes.js';
import { answerWith, notFound, Refused } from './errors.js';
import { addFlagRoutes } from './flag-routes.js';
import { PrimeroStaff } from './staff.js';
import { PrimeroState } from './state.js';
import { addTransitionRoutes } from './transition-routes.js';
import { addUserRoutes } from './user-routes.js';
import type { PrimeroAgency, PrimeroUser } from './users.js';

export interface PrimeroOptions {
  readonly clock: Clock;
  /** Of all ids and of chance in faults. */
  readonly seed: number;
  readonly users: readonly PrimeroUser[];
  readonly agencies?: readonly PrimeroAgency[];
  readonly faults?: readonly FaultRule[];
  /** Any free one where absent. */
  readonly port?: number;
  readonly mode?: AuthMode;
}

export interface SimulatedPrimero {
  /** Base address, without `/api/v2`. */
  readonly url: string;
  readonly state: PrimeroState;
  readonly staff: PrimeroStaff;
  readonly faults: FaultPlan;
  readonly requests: readonly SeenRequest[];
  /** A token of the identity provider; only in that mode of use. @throws Error for an unknown user */
  issueToken(userName: string): string;
  close(): Promise<void>;
}

/** Primero v2.15 in its Cambodian configuration, as far as an exchange meets it, with everything in memory. */
export async function startPrimero(options: PrimeroOptions): Promise<SimulatedPrimero> {
  const { clock, seed, users, agencies = [], mode = 'native' } = options;
  const state = new PrimeroState(clock, new Random(seed), users, agencies);
  const faults = new FaultPlan(options.faults ?? [], new Random(seed + 1));
  const auth = new PrimeroAuth(state, mode);
  const { app, requests } = simulatedServer({
    clock,
    faults,
    endSessions: () => auth.endSessions(),
    busy: {
      throttled: (_request, reply) => reply.code(429).type('text/plain').send('Retry later\n'),
      unavailable: (request, reply) =>
        answerWith(new Refused(503, [{ message: 'Service Unavailable', detail: 'Retry-After: 60' }]), request, reply),
    },
  });

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof Unauthorised) return reply.code(401).send(unauthorised);
    if (error instanceof Refused) return answerWith(error, request, reply);
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return answerWith(new Refused(statusCode, [{ message }]), request, reply);
  });
  app.setNotFoundHandler((request, reply) => answerWith(notFound('route', request.url), request, reply));

  const userOf = (request: FastifyRequest): PrimeroUser => {
    const user = auth.userOf(request);
    if (user === undefined) throw new Unauthorised('nobody is signed in');
    return user;
  };
  auth.addRoutes(app);
  addCaseRoutes(app, state, userOf);
  addTransitionRoutes(app, state, userOf);
  addFlagRoutes(app, state, userOf);
  addUserRoutes(app, state, userOf);

  const url = await listen(app, options.port);
  const staff = new PrimeroStaff(state);
  return { url, state, staff, faults, requests, issueToken: (name) => auth.issueToken(name), close: () => app.close() };
}

class Unauthorised extends Error {}
