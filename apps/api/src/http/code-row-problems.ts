import type { CodesRefused, EntryProblem } from '#libs/code-tables';

import { fieldError } from './field-errors.js';
import { invalidFields, type FieldErrorCode, type RequestProblem } from './problem.js';

const codes: Readonly<Record<EntryProblem['problem'], FieldErrorCode>> = {
  required: 'missing',
  not_text: 'wrong_type',
  unknown_field: 'unknown',
  malformed: 'invalid',
  twice: 'invalid',
};

/** Rows of a code table that can't be used, each named by its place. */
export const codeRowProblems = ({ problems }: CodesRefused): RequestProblem =>
  invalidFields(...problems.map(({ field, problem }) => fieldError(field, { code: codes[problem] })));
