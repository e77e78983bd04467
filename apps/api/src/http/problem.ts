import type { Unmet } from '#libs/cases';

import { problemTexts, type Bilingual, type ProblemCode } from './problem-texts.js';

/** One field that can't be used. It names the field and says why, never what was in it. */
export interface FieldError {
  /** Path within the request: `decision.members.0.role`; `header.If-Match`, `query.limit`. */
  field: string;
  code: FieldErrorCode;
  message: Bilingual;
}

export type FieldErrorCode =
  'missing' | 'unknown' | 'wrong_type' | 'invalid' | 'too_long' | 'out_of_range' | 'forbidden_character' | 'not_found';

export interface ProblemDetails {
  errors?: FieldError[];
  /** Everything that is missing, in both languages. */
  unmet?: Unmet[];
  /** The present version of the case. */
  version?: number;
  /** After how many seconds it may be tried again; also told in the header Retry-After. */
  retryAfter?: number;
}

/** A request that is answered with a problem document (RFC 9457) instead of what it asked for. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
  }

  get status(): number {
    return problemTexts[this.code].status;
  }
}

/** A problem of one or more fields, all of them at once. */
export const invalidFields = (...errors: FieldError[]): RequestProblem =>
  new RequestProblem('invalid-fields', { errors });
