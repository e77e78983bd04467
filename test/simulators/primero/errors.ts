import type { FastifyReply, FastifyRequest } from 'fastify';

/** One entry of Primero's error document. `detail` and `message` are lists in some cases, as Primero writes them. */
interface PrimeroProblem {
  readonly message: string | readonly string[];
  readonly detail?: string | readonly string[];
}

/** Stops a request with one of Primero's answers. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problems: readonly PrimeroProblem[],
  ) {
    super(`answered with ${status}`);
  }
}

export const forbidden = (): Refused => new Refused(403, [{ message: 'Forbidden' }]);

export const notFound = (what: string, id: string): Refused =>
  new Refused(404, [{ message: 'Not Found', detail: `Couldn't find ${what} with 'id'=${id}` }]);

export const conflict = (): Refused =>
  new Refused(409, [{ message: 'Conflict: A record with this id already exists' }]);

export const invalidJson = (pointers: readonly string[]): Refused =>
  new Refused(422, [{ message: 'Invalid Record JSON', detail: pointers }]);

/** One problem for each attribute; the message is a list of keys of texts. */
export const invalid = (keys: Readonly<Record<string, string>>): Refused =>
  new Refused(
    422,
    Object.entries(keys).map(([detail, key]) => ({ detail, message: [key] })),
  );

export const unprocessable = (message: string): Refused => new Refused(422, [{ message }]);

/** What Primero can do and this simulator can't: said aloud, so that no test takes silence for an answer. */
export const notSimulated = (what: string): Refused => new Refused(501, [{ message: `not simulated: ${what}` }]);

export function answerWith({ status, problems }: Refused, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const resource = request.url.split('?')[0];
  return reply.code(status).send({ errors: problems.map((problem) => ({ status, resource, ...problem })) });
}
