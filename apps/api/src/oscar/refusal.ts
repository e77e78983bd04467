import type { ForeignRefusal } from '../foreign/refusal.js';
import type { RequestProblem } from '../http/problem.js';

/** Ours that have another number there. */
const statuses: Partial<Record<number, number>> = { 400: 422, 405: 404, 412: 422 };

/** A problem as OSCaR words it. */
export function oscarRefusal(problem: RequestProblem, title: string): ForeignRefusal {
  const status = statuses[problem.status] ?? problem.status;
  if (problem.code === 'sign-in-refused') {
    const errors = ['Invalid login credentials. Please try again.'];
    return { status, body: { success: false, errors } };
  }
  if (status === 401) return { status, body: { errors: ['You need to sign in or sign up before continuing.'] } };
  if (status === 404) return { status, body: { message: 'Record not found.' } };
  const fields = (problem.details.errors ?? []).map(({ field }) => field);
  const error = fields.length === 0 ? title : `${title}: ${fields.join(', ')}`;
  return { status, body: { error, message: 'Record error.' } };
}
