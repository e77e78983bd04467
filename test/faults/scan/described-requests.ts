import { Random } from '#libs/demonstration';

import { encoded } from '../fuzz/encoded.js';
import type { Ask, FuzzRequest } from '../fuzz/exchange.js';
import { operationsOf, resolverOf, type Description, type Operation } from '../fuzz/openapi.js';
import { Pool } from '../fuzz/pool.js';
import { Values } from '../fuzz/values.js';

/** One good request for a route, with the places in it that a scanner may fill. */
export interface DescribedRequest extends FuzzRequest {
  /** `POST /api/v1/cases/{caseId}/notes` */
  readonly route: string;
  readonly parameters: number;
}

/** Lists that name what there is. */
const lists = [
  'worklists/mine',
  'worklists/overdue',
  'worklists/unassigned',
  'inbox',
  'agencies',
  'pathways',
  'facilities',
];

/** A request for every route of the description, with ids of things that are there. */
export async function describedRequests(ask: Ask, headers: FuzzRequest['headers']): Promise<DescribedRequest[]> {
  const read = async (url: string) =>
    JSON.parse((await ask({ method: 'GET', url, headers, kind: 'valid' }))?.text ?? '{}') as object;
  const description = (await read('/openapi.json')) as Description;
  const pool = new Pool();
  for (const list of lists) pool.learn(await read(`/api/v1/${list}`));
  const values = new Values(new Random('scan'), pool, resolverOf(description));
  return operationsOf(description).map((operation) => requestFor(operation, values, headers));
}

function requestFor(operation: Operation, values: Values, headers: FuzzRequest['headers']): DescribedRequest {
  const { method, path, parameters, body: schema } = operation;
  const asked = parameters.filter((each) => each.in === 'query');
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known = parameters.find((each) => each.name === name);
    return encoded(values.text(known?.schema ?? {}, name));
  });
  const query = asked.map(({ name, schema: of = {} }) => `${name}=${encoded(String(values.valid(of, name)))}`);
  const body = schema === undefined ? {} : (values.valid(schema, '') as object);
  return {
    method,
    url: query.length === 0 ? address : `${address}?${query.join('&')}`,
    headers: method === 'GET' ? headers : { ...headers, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    kind: 'valid',
    route: `${method} ${path}`,
    parameters: (path.match(/\{/g)?.length ?? 0) + asked.length + Object.keys(body).length,
  };
}
