import type { FastifyRequest } from 'fastify';

import type { RequestProblem } from '../http/problem.js';
import { problemTexts } from '../http/problem-texts.js';
import { oscarRefusal } from '../oscar/refusal.js';
import { primeroRefusal } from '../primero/refusal.js';
import type { ForeignRefusal } from './refusal.js';
import { spokenAt } from './speaks-as.js';

/** A problem in the words of the system as which the address speaks; undefined where it is ours. */
export function foreignRefusal(request: FastifyRequest, problem: RequestProblem): ForeignRefusal | undefined {
  const system = spokenAt(request.url);
  if (system === undefined) return undefined;
  const title = problemTexts[problem.code].title.en;
  if (system === 'oscar') return oscarRefusal(problem, title);
  // The pattern, because an address may hold anything that a client took for an id.
  const resource = request.is404 ? '/' : (request.routeOptions.url ?? '/').replace('/primero', '');
  return primeroRefusal(problem, title, resource);
}
