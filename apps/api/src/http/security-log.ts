import type { Log } from '#libs/logging';
import type { FastifyRequest } from 'fastify';
import { validate } from 'uuid';

import type { RequestProblem } from './problem.js';
import type { ProblemCode } from './problem-texts.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why it was refused, for the log. */
    refusedAs?: ProblemCode;
  }
}

/** Refusals of those who are not known, may not do it, or ask too often. docs/security/logs.md lists them for operators. */
export const securityEvents: readonly ProblemCode[] = [
  ...(['caller-unknown', 'sign-in-refused', 'proof-refused', 'invitation-unusable'] as const),
  ...(['second-factor-due', 'enrolment-due', 'proof-due', 'csrf-missing'] as const),
  ...(['role-not-allowed', 'not-administrator', 'scope-missing', 'export-another-person'] as const),
  ...(['too-many-attempts', 'too-many-requests', 'searches-used-up', 'account-frozen'] as const),
];

/**
 * One line for each refusal that may be somebody's attempt, by code and with nothing of what was sent. An account's name
 * is not in it: it may be anything that was typed into the field.
 */
export function logSecurityEvent(log: Log, request: FastifyRequest, problem: RequestProblem): void {
  const code = eventIn(request, problem);
  if (code === undefined) return;
  const { method, params, caller, service } = request;
  const { caseId, personId } = (params ?? {}) as Record<string, string | undefined>;
  const by = caller?.id ?? service;
  log.warn('security event', {
    ...{ traceId: request.id, code, method },
    ...(request.routeOptions.url === undefined ? {} : { route: request.routeOptions.url }),
    ...(by === undefined ? {} : { caller: by }),
    ...(isId(caseId) ? { caseId } : {}),
    ...(isId(personId) ? { personId } : {}),
  });
}

function eventIn({ is404, caller }: FastifyRequest, { code, details }: RequestProblem): string | undefined {
  if (securityEvents.includes(code)) return code;
  if (details.unmet?.some((each) => each.code === 'RoleNotAllowed') === true) return 'role-not-allowed';
  // What a caller may not know of is answered as if it were not there. Only here do the two stay apart from addresses
  // that do not exist: a caller whose lines are many is trying ids, or is shut out and knows it.
  return code === 'not-found' && !is404 && caller !== undefined ? 'not-shown' : undefined;
}

const isId = (text: string | undefined): text is string => text !== undefined && validate(text);
