import { AttachmentBroken, FileRefused } from '#libs/attachments';
import { CalendarError } from '#libs/calendar';
import { CommandRefused, KeyReused, VersionConflict } from '#libs/case-commands';
import { CodesMoved, CodesRefused } from '#libs/code-tables';
import { InvalidEntry } from '#libs/directories';
import { EntryRefused, IdentityRefused, ProviderAway } from '#libs/identities';
import { SearchesUsedUp } from '#libs/read-models';
import { CommitOutcomeUnknown, DatabaseUnavailable, sqlState } from '#libs/database';
import { ExportRefused } from '#libs/exports';
import { ReadNotRecorded } from '#libs/read-audit';
import { HttpException } from '@nestjs/common';

import { codeRowProblems } from './code-row-problems.js';
import { entryTexts } from './entry-texts.js';
import { fieldError } from './field-errors.js';
import { fileTexts } from './file-texts.js';
import { invalidFields, RequestProblem } from './problem.js';
import type { ProblemCode } from './problem-texts.js';

/** What the server itself or the framework refuses, by status. Any other 4xx of theirs is a malformed request. */
const codeByStatus = new Map<number, ProblemCode>([
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [408, 'request-timeout'],
  [413, 'body-too-large'],
  [414, 'address-too-long'],
  [415, 'unsupported-media-type'],
  [429, 'too-many-requests'],
  [431, 'headers-too-large'],
  [503, 'unavailable'],
]);

/** SQLSTATE for a key that is taken, such as the code of a case, which is unique across cases and thus not for one to decide. */
const uniqueViolation = '23505';

/** How long a caller should wait when the database, or a provider, is away (seconds): a restart takes about that long. */
const retryAfter = 5;

const refusalCodes = { state: 'state-conflict', unknown: 'not-found', unmet: 'requirements-unmet' } as const;

const exportCodes = {
  needs_approval: 'export-needs-approval',
  expired: 'export-expired',
  needs_second_person: 'export-another-person',
  needs_supervisor: 'export-another-person',
} as const;

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
  if (error instanceof CodesRefused) return codeRowProblems(error);
  if (error instanceof CodesMoved) return new RequestProblem('version-conflict', { version: error.version });
  if (error instanceof IdentityRefused) {
    return new RequestProblem(error.code, error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter });
  }
  if (error instanceof ProviderAway) return new RequestProblem('provider-away', { retryAfter });
  if (error instanceof EntryRefused) {
    return invalidFields(fieldError(error.field, { code: 'invalid', message: entryTexts[error.problem] }));
  }
  if (error instanceof SearchesUsedUp) {
    return new RequestProblem('searches-used-up', { retryAfter: error.retryAfterSeconds });
  }
  if (error instanceof FileRefused) {
    if (error.problem === 'too_large') return new RequestProblem('file-too-large');
    return invalidFields(fieldError('body', { code: 'invalid', message: fileTexts[error.problem] }));
  }
  if (error instanceof AttachmentBroken) return new RequestProblem('file-unreadable');
  if (error instanceof KeyReused) return new RequestProblem('key-reused');
  if (error instanceof ExportRefused) return new RequestProblem(exportCodes[error.code]);
  if (error instanceof ReadNotRecorded) return new RequestProblem('read-not-recorded', { retryAfter });
  if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) {
    return new RequestProblem('unavailable', { retryAfter });
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
