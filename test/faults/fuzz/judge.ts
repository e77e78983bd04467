import { holdsCanary } from './canaries.js';
import type { FuzzAnswer, FuzzRequest } from './exchange.js';

/** Milliseconds after which an answer counts as none. */
export const hangMs = 2_000;

export type FaultKind = 'failed' | 'hung' | 'told_a_name' | 'not_a_problem_document';

/** @returns what is wrong with an answer, or nothing */
export function faultIn(
  { method }: FuzzRequest,
  answer: FuzzAnswer | undefined,
  tookMs: number,
): FaultKind | undefined {
  if (tookMs > hangMs) return 'hung';
  if (answer === undefined) return undefined; // bytes that are no HTTP may be hung up on
  const { status, contentType, text } = answer;
  if (status >= 500) return 'failed';
  if (status < 400) return undefined;
  if (holdsCanary(text)) return 'told_a_name';
  return method === 'HEAD' || contentType.startsWith('application/problem+json') ? undefined : 'not_a_problem_document';
}
