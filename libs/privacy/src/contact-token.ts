import { createHmac } from 'node:crypto';

import type { MasterKey } from './master-key.js';
import { canonicalPhone } from './phone.js';

/**
 * Recognises a telephone number without keeping it, so that a number to which nothing may be sent can be blocked and
 * never read back. The same number gives the same token however it was written; undefined for what is no number.
 */
export async function contactToken(master: MasterKey, phone: string): Promise<string | undefined> {
  const canonical = canonicalPhone(phone);
  if (canonical === undefined) {
    return undefined;
  }
  const key = await master.derive('contact tokens');
  return createHmac('sha256', key).update(canonical).digest('base64url');
}
