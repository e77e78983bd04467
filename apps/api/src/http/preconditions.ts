import { createHash } from 'node:crypto';

import type { Idempotency } from '#libs/case-commands';

import { fieldError } from './field-errors.js';
import type { RequestWithBytes } from './json-body.js';
import { invalidFields } from './problem.js';

const entityTag = /^"(\d{1,9})"$/;
/** One to two hundred printable ASCII characters. */
const keyShape = /^[\x20-\x7e]{1,200}$/;

/**
 * The version the caller saw, from `If-Match: "7"`. Weak tags and lists are refused: a case has one version.
 *
 * @throws RequestProblem
 */
export function expectedVersion({ headers }: RequestWithBytes): number | undefined {
  const given = headers['if-match'];
  if (given === undefined || given === '*') return undefined;
  const version = entityTag.exec(given)?.[1];
  if (version === undefined) {
    throw invalidFields(
      fieldError('header.If-Match', {
        code: 'invalid',
        message: { en: 'is not one version in quotation marks', km: 'មិនមែនជាលេខកំណែមួយក្នុងសញ្ញាសម្រង់' },
      }),
    );
  }
  return Number(version);
}

/**
 * What makes a request the same as an earlier one: caller and key, and a digest of method, path and body that tells it
 * from another request under the same key.
 *
 * @throws RequestProblem
 */
export function idempotencyOf(request: RequestWithBytes, caller: string): Idempotency | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !keyShape.test(key)) {
    throw invalidFields(fieldError('header.Idempotency-Key', { code: 'invalid' }));
  }
  const [path = ''] = request.url.split('?');
  const bodyDigest = createHash('sha256')
    .update(`${request.method} ${path.replace(/\/$/, '')}\n`)
    .update(request.rawBody ?? '')
    .digest();
  return { caller, key, bodyDigest };
}
