import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiQuery, ApiResponse, type ApiResponseOptions } from '@nestjs/swagger';

import { problemTexts } from '../http/problem-texts.js';
import { problemSchema } from './problem-schema.js';
import { list, shape, text, whole, type Schema } from './schema.js';

const answerSchema = shape<{ id: string; version: number; events: string[] }>({
  id: { ...text, description: 'Id of what was made; of the case or person, where nothing was' },
  version: { ...whole, description: 'Version of the case or person after the command' },
  events: list(text),
});

/** A route that changes something. `created` where it makes something new. */
export const Records = (summary: string, { created = false }: { created?: boolean } = {}): MethodDecorator =>
  applyDecorators(
    HttpCode(created ? 201 : 200),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The version the caller saw, `"7"`: 412 when it is another',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'One to 200 printable characters: the same request sent twice is done once',
    }),
    ApiResponse({
      status: created ? 201 : 200,
      description: 'Recorded; `events` is empty when nothing changed',
      schema: answerSchema,
      headers: {
        ETag: { description: 'The version, in quotation marks', schema: text },
        'Idempotency-Replayed': { description: '`true` when this answer was given before', schema: text },
        ...(created ? { Location: { description: 'Where it can be read, for cases and persons', schema: text } } : {}),
      },
    }),
    Problems(400, 401, 404, 408, 409, 412, 413, 415, 422, 429, 500, 503),
  );

/** A route about accounts and sessions: it is answered with what it made or changed, or with nothing. */
export const Does = (summary: string, answer?: { status: 200 | 201; schema: Schema }): MethodDecorator =>
  applyDecorators(
    HttpCode(answer?.status ?? 204),
    ApiOperation({ summary }),
    answer === undefined
      ? ApiResponse({ status: 204, description: 'Done' })
      : ApiResponse({ status: answer.status, description: summary, schema: answer.schema }),
    Problems(400, 401, 403, 404, 409, 415, 422, 429, 500, 503),
  );

/** A route that tells something. */
export const Tells = (summary: string, schema: Schema, headers?: ApiResponseOptions['headers']): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({ status: 200, description: summary, schema, ...(headers === undefined ? {} : { headers }) }),
    Problems(400, 401, 404, 429, 500, 503),
  );

/** A route that makes something that is no event of a case, and tells what it made. */
export const Asks = (summary: string, schema: Schema): MethodDecorator =>
  applyDecorators(
    HttpCode(201),
    ApiOperation({ summary }),
    ApiResponse({ status: 201, description: summary, schema }),
    Problems(400, 401, 404, 500, 503),
  );

export const versionHeader = { ETag: { description: 'The version, in quotation marks', schema: text } };

/** A list read page by page. */
export const Paged = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'limit',
      required: false,
      description: 'How many at most',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
    }),
    ApiQuery({ name: 'cursor', required: false, description: '`next` of the page before', schema: text }),
  );

/** A route that can tell how things were known at a past moment. */
export const KnownThen = (): MethodDecorator =>
  ApiQuery({
    name: 'asOf',
    required: false,
    description: 'A past moment, with its offset: what was recorded up to then. Now, when absent',
    schema: { type: 'string', format: 'date-time' },
  });

/** The problem documents that a route may answer with, by status. */
export const Problems = (...statuses: number[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: titlesOf(status),
        content: { 'application/problem+json': { schema: problemSchema } },
      }),
    ),
  );

function titlesOf(status: number): string {
  const titles = Object.values(problemTexts).filter((each) => each.status === status);
  return titles.map(({ title }) => title.en).join('; ') || 'A problem';
}
