import { CommandRefused, KeyReused, VersionConflict } from '#libs/case-commands';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import { HttpException } from '@nestjs/common';

import { RequestProblem } from './problem.js';
import type { ProblemCode } from './problem-texts.js';

/** The server's own refusals, by their code (Fastify, Errors). Any other of its 4xx is a malformed request. */
const serverCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_MAX_PARAM_LENGTH: 'address-too-long',
  FST_ERR_NOT_FOUND: 'not-found',
};

const refusalCodes = { state: 'state-conflict', unknown: 'not-found', unmet: 'requirements-unmet' } as const;

/** The problem that an error means for the caller. Whatever nobody foresaw is ours, not theirs: `internal`. */
export function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (error instanceof CommandRefused) {
    const { kind, unmet } = error.refusal;
    return new RequestProblem(refusalCodes[kind], { unmet, version: error.version });
  }
  if (error instanceof VersionConflict) {
    const code = error.kind === 'precondition' ? 'version-stale' : 'version-conflict';
    return new RequestProblem(code, { version: error.version });
  }
  if (error instanceof KeyReused) return new RequestProblem('key-reused');
  if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) {
    return new RequestProblem('unavailable');
  }
  return new RequestProblem(ofFramework(error));
}

function ofFramework(error: unknown): ProblemCode {
  if (error instanceof HttpException) return ofStatus(error.getStatus());
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return 'internal';
  const known = 'code' in error && typeof error.code === 'string' ? serverCodes[error.code] : undefined;
  return known ?? ofStatus(error.statusCode);
}

function ofStatus(status: number): ProblemCode {
  if (status === 404) return 'not-found';
  if (status === 503) return 'unavailable';
  return status >= 400 && status < 500 ? 'malformed-request' : 'internal';
}
