import { applyDecorators } from '@nestjs/common';
import type { Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';

import { field, type FieldOptions } from './field.js';
import * as rules from './rules.js';

export { optional } from './field.js';

/** The id of something: a UUID. */
export const Id = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.uuidRule, { type: String, format: 'uuid', description }, options);

/** A code of a vocabulary, a pathway, an agency or a member of staff. */
export const Code = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.codeRule, { type: String, maxLength: rules.longestCode, description }, options);

export const Codes = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.listRule(rules.codeRule, 100), { type: String, isArray: true, maxItems: 100, description }, options);

/** Free words of a person, in any script. */
export const Words = (
  description: string,
  { longest = rules.longestText, ...options }: FieldOptions & { longest?: number } = {},
): PropertyDecorator =>
  field(rules.wordsRule(longest), { type: String, minLength: 1, maxLength: longest, description }, options);

/** A day on the calendar of Cambodia. */
export const Day = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.dayRule, { type: String, format: 'date', description }, options);

/** A moment, with its offset from UTC. */
export const Moment = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.momentRule, { type: String, format: 'date-time', description }, options);

export const OneOf = (allowed: readonly string[], description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.oneOfRule(allowed), { type: String, enum: [...allowed], description }, options);

export const Flag = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.flagRule, { type: Boolean, description }, options);

/** A number of things. */
export const Count = (description: string, most: number, options?: FieldOptions): PropertyDecorator =>
  field(rules.countRule(most), { type: 'integer', minimum: 0, maximum: most, description }, options);

/** Facts by name; the pathway says which there are and of what type each is. */
export const Facts = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(
    rules.tableRule(rules.factRule, 100),
    {
      type: 'object',
      additionalProperties: { oneOf: [{ type: 'string', maxLength: 100 }, { type: 'number' }, { type: 'boolean' }] },
      description,
    },
    options,
  );

/** Scored items of an assessment, by part and item. */
export const Scores = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(
    rules.tableRule(rules.tableRule(rules.numberRule, 100), 20),
    {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'number' } },
      description,
    },
    options,
  );

/** Something whose fields another standard names, and whoever reads it checks. */
export const Answer = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(rules.objectRule, { type: 'object', additionalProperties: true, description }, options);

/** Rows of a table whose fields whoever keeps the table checks. */
export const Rows = (description: string, options?: FieldOptions): PropertyDecorator =>
  field(
    rules.listRule(rules.objectRule, 1_000),
    { type: 'array', items: { type: 'object', additionalProperties: true }, maxItems: 1_000, description },
    options,
  );

/** A part with fields of its own. */
export const Part = (of: Class, description: string, options?: FieldOptions): PropertyDecorator =>
  applyDecorators(
    field(rules.objectRule, { type: of, description }, options),
    ValidateNested(),
    Type(() => of),
  );

/** Several parts with fields of their own. */
export const Parts = (of: Class, description: string, options?: FieldOptions): PropertyDecorator =>
  applyDecorators(
    field(rules.listRule(rules.objectRule, 50), { type: of, isArray: true, maxItems: 50, description }, options),
    ValidateNested({ each: true }),
    Type(() => of),
  );
