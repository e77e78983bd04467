import type { ValidationError } from 'class-validator';

import { fieldTexts } from './field-texts.js';
import type { FieldError, FieldErrorCode } from './problem.js';
import type { Bilingual } from './problem-texts.js';

/** What is wrong with a value, in more exact words where there are some. */
export interface Complaint {
  code: FieldErrorCode;
  message?: Bilingual;
}

/** The constraint of all our own rules; its message is the complaint, as JSON. */
export const ruleName = 'rule';

/** Constraints that the validator adds by itself. */
const builtIn: Record<string, FieldErrorCode> = { whitelistValidation: 'unknown', nestedValidation: 'wrong_type' };

/** Every complaint about every field, flat and named by path. */
export function fieldErrors(errors: readonly ValidationError[], prefix: string): FieldError[] {
  return errors.flatMap((error) => {
    const field = prefix === '' ? error.property : `${prefix}.${error.property}`;
    const children = fieldErrors(error.children ?? [], field);
    return error.constraints === undefined
      ? children
      : [fieldError(field, complaintIn(error.constraints)), ...children];
  });
}

export function fieldError(field: string, { code, message }: Complaint): FieldError {
  return { field, code, message: message ?? fieldTexts[code] };
}

function complaintIn(constraints: Record<string, string>): Complaint {
  const own = constraints[ruleName];
  if (own !== undefined) return JSON.parse(own) as Complaint;
  return {
    code:
      Object.keys(constraints)
        .map((name) => builtIn[name])
        .find((code) => code !== undefined) ?? 'invalid',
  };
}
