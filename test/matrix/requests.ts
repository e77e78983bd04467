import { Random } from '#libs/demonstration';

import { operationsOf, resolverOf, type Description, type Operation } from '../faults/fuzz/openapi.js';
import { Pool } from '../faults/fuzz/pool.js';
import { Values } from '../faults/fuzz/values.js';

/** The id of nothing that is there. */
const nobody = '0190a6f0-0000-7000-8000-00000000dead';

/** One request of a route: where, and with what. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly body: Record<string, unknown> | Buffer | undefined;
}

const file = Buffer.from('A synthetic file');

/** What a request with this body says of itself. */
export const headersOf = ({ body }: Request): Record<string, string> =>
  Buffer.isBuffer(body) ? { 'content-type': 'application/octet-stream' } : {};

/** Makes requests of every route that the program describes, with ids of what is there. */
export class Requests {
  /** As the access policy names them: `POST /cases/:caseId/notes`. */
  readonly routes: ReadonlyMap<string, Operation>;
  /** Each route by itself, so that what is asked of one does not depend on what was asked of others before. */
  readonly #values: ReadonlyMap<string, Values>;
  readonly #pool = new Pool();

  constructor(description: Description) {
    this.routes = new Map(operationsOf(description).map((operation) => [nameOf(operation), operation]));
    const resolver = resolverOf(description);
    const valuesOf = (route: string) => new Values(new Random(`matrix ${route}`), this.#pool, resolver);
    this.#values = new Map([...this.routes.keys()].map((route) => [route, valuesOf(route)]));
  }

  /** What later requests speak of. */
  learn(names: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(names)) this.#pool.add(name, value);
  }

  /** @param ids by the name of the parameter; those that are not among them are made up */
  of(route: string, ids: Readonly<Record<string, string>>): Request {
    const operation = this.routes.get(route);
    if (operation === undefined) throw new Error(`no such route: ${route}`);
    const { method, path, body, takesFile } = operation;
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(ids[name] ?? (name.endsWith('Id') ? nobody : 'X1')),
    );
    const made = body === undefined || method === 'GET' ? undefined : this.#values.get(route)?.valid(body, '');
    return { method: method as Request['method'], url, body: takesFile ? file : (made as Request['body']) };
  }
}

const nameOf = ({ method, path }: Operation): string =>
  `${method} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`;
