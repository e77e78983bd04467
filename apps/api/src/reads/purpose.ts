import type { IncomingHttpHeaders } from 'node:http';

import { purposes, type Purpose } from '#libs/read-audit';

import { spokenAt } from '../foreign/speaks-as.js';
import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

export const purposeHeader = 'purpose';

/** What the first part of a route is there for; everything else serves the work on a case. */
const implied: Readonly<Record<string, Purpose>> = {
  supervision: 'oversight',
  facilities: 'oversight',
  statistics: 'oversight',
  exchange: 'exchange',
};

const impliedByEnd: Readonly<Record<string, Purpose>> = { '/persons/matches': 'identification', '/readers': 'audit' };

const known: readonly string[] = purposes;
const isPurpose = (text: unknown): text is Purpose => typeof text === 'string' && known.includes(text);

/**
 * What a caller reads for: as told in the header `Purpose`, or as the route implies.
 *
 * @param route the pattern, `/api/v1/cases/:caseId`
 * @throws RequestProblem for a purpose that is none
 */
export function purposeOf(headers: IncomingHttpHeaders, route: string): Purpose {
  const told = headers[purposeHeader];
  if (isPurpose(told)) return told;
  if (told !== undefined) {
    const message = { en: `is none of ${purposes.join(', ')}`, km: `មិនមែនជាមួយក្នុងចំណោម ${purposes.join(', ')}` };
    throw invalidFields(fieldError('header.Purpose', { code: 'invalid', message }));
  }
  const byEnd = Object.entries(impliedByEnd).find(([end]) => route.endsWith(end));
  if (byEnd !== undefined) return byEnd[1];
  if (spokenAt(route) !== undefined) return 'exchange';
  return implied[route.split('/')[3] ?? ''] ?? 'case_management';
}
