import type { Unmet } from '#libs/cases';

import type { ForeignRefusal } from '../foreign/refusal.js';
import type { RequestProblem } from '../http/problem.js';

/** Ours that have another number there. */
const statuses: Partial<Record<number, number>> = { 400: 422, 405: 404, 412: 409 };

const messages: Partial<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found' };

/** A problem as Primero words it: of who calls in one word, of anything else in a list. */
export function primeroRefusal(problem: RequestProblem, title: string, resource: string): ForeignRefusal {
  const { details } = problem;
  const notAllowed = (details.unmet ?? []).some(({ code }) => code === 'RoleNotAllowed');
  const status = notAllowed ? forbidden : (statuses[problem.status] ?? problem.status);
  if (status === unknownCaller) return { status, body: { error: title } };
  const one = { status, resource };
  if (details.errors !== undefined) {
    const fields = details.errors.map(({ field }) => `/${field.replaceAll('.', '/')}`);
    return { status, body: { errors: [{ ...one, message: 'Invalid Record JSON', detail: fields }] } };
  }
  if (status === unprocessable && details.unmet !== undefined) {
    return { status, body: { errors: details.unmet.map((unmet) => ({ ...one, ...wordsOf(unmet) })) } };
  }
  return { status, body: { errors: [{ ...one, message: messages[status] ?? title }] } };
}

const unknownCaller = 401;
const forbidden = 403;
const unprocessable = 422;

/** The one that Primero has, too, in its own words. */
function wordsOf({ code, subject }: Unmet): { message: string[]; detail: string } {
  if (code === 'ConsentMissing') return { message: ['transition.errors.consent'], detail: 'consent' };
  return { message: [`errors.${code}`], detail: subject };
}
