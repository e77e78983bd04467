import type { ApiResponseSchemaHost } from '@nestjs/swagger';

/** Pieces of JSON Schema for what the interface answers. */
export type Schema = ApiResponseSchemaHost['schema'];

export const text: Schema = { type: 'string' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const instant: Schema = { type: 'string', format: 'date-time' };
export const whole: Schema = { type: 'integer' };
export const ratio: Schema = { type: 'number', minimum: 0, maximum: 1 };
export const flag: Schema = { type: 'boolean' };
export const anything: Schema = { type: 'object', additionalProperties: true };

/** English and Khmer; `reviewed` says whether a native speaker of the field has read the Khmer. */
export const bilingual: Schema = {
  type: 'object',
  properties: { en: text, km: text, reviewed: flag },
  required: ['en', 'km'],
};

export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
export const table = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

/**
 * An object with exactly the fields of a type of ours: when the type gains or loses one, this no longer compiles.
 *
 * @param mayBeAbsent fields that some answers leave out
 */
export function shape<Shown>(fields: { [Name in keyof Shown]-?: Schema }, ...mayBeAbsent: (keyof Shown)[]): Schema {
  const names = Object.keys(fields) as (keyof Shown & string)[];
  return {
    type: 'object',
    properties: fields,
    required: names.filter((name) => !mayBeAbsent.includes(name)),
    additionalProperties: false,
  };
}

export const pageOf = (items: Schema): Schema => ({
  type: 'object',
  properties: {
    items: list(items),
    next: { ...nullable(text), description: 'Send it as cursor to read on; null at the end' },
  },
  required: ['items', 'next'],
  additionalProperties: false,
});
