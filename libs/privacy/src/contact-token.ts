import { createHmac } from 'node:crypto';

import { canonicalPhone } from '#libs/names';

import type { IndexKeys } from './index-keys.js';

/**
 * Recognises a telephone number without keeping it, so that a number to which nothing may be sent can be blocked and
 * never read back. The same number gives the same token however it was written; undefined for what is no number.
 *
 * Tokens stand in the log, where nothing is rewritten, so the key of numbers keeps its first version for good.
 */
export async function contactToken(keys: IndexKeys, phone: string): Promise<string | undefined> {
  const canonical = canonicalPhone(phone);
  const [first] = canonical === undefined ? [] : await keys.of('contacts');
  if (canonical === undefined || first === undefined) {
    return undefined;
  }
  return createHmac('sha256', first.key).update(canonical).digest('base64url');
}
