import type { Clock } from '#libs/calendar';
import { FaultPlan, type FaultRule } from '../shared/faults.js';
import { Random } from '../shared/random.js';
import { listen, simulatedServer, type SeenRequest } from '../shared/server.js';
import { OscarAuth } from './auth.js';
import { brokenPage, Refused } from './errors.js';
import { addRoutes } from './routes.js';
import { OscarStaff } from './staff.js';
import { OscarState, type OscarOrganization, type OscarUser } from './state.js';

export interface OscarOptions {
  readonly clock: Clock;
  /** Of all ids and of chance in faults. */
  readonly seed: number;
  /** Accounts that may use the interface. */
  readonly users: readonly OscarUser[];
  readonly agencies: readonly OscarOrganization[];
  readonly faults?: readonly FaultRule[];
  /** Any free one where absent. */
  readonly port?: number;
}

export interface SimulatedOscar {
  /** Base address, without `/api/v1`. */
  readonly url: string;
  readonly state: OscarState;
  readonly staff: OscarStaff;
  readonly faults: FaultPlan;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** OSCaR's interface for other systems (v1), with everything in memory. */
export async function startOscar(options: OscarOptions): Promise<SimulatedOscar> {
  const { clock, seed, users, agencies } = options;
  const state = new OscarState(clock, new Random(seed), agencies, users);
  const faults = new FaultPlan(options.faults ?? [], new Random(seed + 1));
  const auth = new OscarAuth(state);
  const { app, requests } = simulatedServer({
    clock,
    faults,
    endSessions: () => auth.endSessions(),
    busy: {
      throttled: (_request, reply) => reply.code(429).type('text/plain').send('Retry later\n'),
      unavailable: (_request, reply) =>
        reply
          .code(503)
          .type('text/html')
          .send('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>'),
    },
  });

  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = error instanceof Refused ? error : brokenPage();
    return typeof body === 'string' ? reply.code(status).type('text/html').send(body) : reply.code(status).send(body);
  });
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('text/html')
      .send('<html><body><h1>The page you were looking for does not exist.</h1></body></html>'),
  );
  auth.addRoutes(app);
  addRoutes(app, state, auth);

  const url = await listen(app, options.port);
  return { url, state, staff: new OscarStaff(state), faults, requests, close: () => app.close() };
}
