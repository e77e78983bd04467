import { CalendarError } from '#libs/calendar';
import { CommandRefused, KeyReused, VersionConflict } from '#libs/case-commands';
import { InvalidEntry } from '#libs/directories';
import { SearchesUsedUp } from '#libs/read-models';
import { CommitOutcomeUnknown, DatabaseUnavailable, sqlState } from '#libs/database';
import { HttpException } from '@nestjs/common';

import { fieldError } from './field-errors.js';
import { invalidFields, RequestProblem } from './problem.js';
import type { ProblemCode } from './problem-texts.js';

/** What the server itself or the framework refuses, by status. Any other 4xx of theirs is a malformed request. */
const codeByStatus = new Map<number, ProblemCode>([
  [404, 'not-found'],
  [408, 'request-timeout'],
  [413, 'body-too-large'],
  [414, 'address-too-long'],
  [415, 'unsupported-media-type'],
  [431, 'headers-too-large'],
  [503, 'unavailable'],
]);

/** SQLSTATE for a key that is taken, such as the code of a case, which is unique across cases and thus not for one to decide. */
const uniqueViolation = '23505';

const refusalCodes = { state: 'state-conflict', unknown: 'not-found', unmet: 'requirements-unmet' } as const;

/** The problem that an error means for the caller. Whatever nobody foresaw is ours, not theirs: `internal`. */
export function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (error instanceof CommandRefused) {
    const { kind, unmet } = error.refusal;
    // What is not there has no version: one would tell a blocked caller that it is there after all.
    return new RequestProblem(refusalCodes[kind], kind === 'unknown' ? { unmet } : { unmet, version: error.version });
  }
  if (error instanceof VersionConflict) {
    if (error.version === 0) return new RequestProblem('not-found');
    const code = error.kind === 'precondition' ? 'version-stale' : 'version-conflict';
    return new RequestProblem(code, { version: error.version });
  }
  if (error instanceof InvalidEntry) {
    return invalidFields(...error.problems.map(({ field, code }) => fieldError(field, { code })));
  }
  if (error instanceof SearchesUsedUp) {
    return new RequestProblem('searches-used-up', { retryAfter: error.retryAfterSeconds });
  }
  if (error instanceof KeyReused) return new RequestProblem('key-reused');
  if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) {
    return new RequestProblem('unavailable');
  }
  if (error instanceof CalendarError) return new RequestProblem('malformed-request');
  if (sqlState(error) === uniqueViolation) return new RequestProblem('already-exists');
  return new RequestProblem(codeFor(statusOf(error)));
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const named = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof named === 'number' ? named : 500;
}

function codeFor(status: number): ProblemCode {
  return codeByStatus.get(status) ?? (status >= 400 && status < 500 ? 'malformed-request' : 'internal');
}
