import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

import { ruleName, type Complaint } from './field-errors.js';

/** What every kind of field may be told. */
export interface FieldOptions {
  optional?: boolean;
}

export const optional = { optional: true } as const satisfies FieldOptions;

/** One rule for one value: what is wrong with it, or nothing. */
export type Rule = (value: unknown) => Complaint | undefined;

/**
 * A field of a request: its rule and its place in the published description, told once. A field that may be left out
 * may not be null: two ways of saying nothing are one too many.
 */
export function field(
  rule: Rule,
  schema: ApiPropertyOptions,
  { optional: mayBeAbsent = false }: FieldOptions = {},
): PropertyDecorator {
  return applyDecorators(
    ...(mayBeAbsent ? [ValidateIf((_, value) => value !== undefined)] : []),
    follows((value) => (value === undefined ? { code: 'missing' } : rule(value))),
    ApiProperty({ ...schema, required: !mayBeAbsent } as ApiPropertyOptions),
  );
}

/** The rule in the validator's terms. Its only message is a text, so the complaint is written as one. */
function follows(rule: Rule): PropertyDecorator {
  return ValidateBy({
    name: ruleName,
    validator: {
      validate: (value) => rule(value) === undefined,
      defaultMessage: (args) => JSON.stringify(rule(args?.value)),
    },
  });
}
