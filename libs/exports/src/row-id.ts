import { createHmac, randomBytes } from 'node:crypto';

/**
 * The id of a row in an export, in the form of every other id: an HMAC over the case under a key of the export's own. It
 * tells nobody the case, and tells us the export, so that any single row that leaks names who took it out.
 */
export function rowId(exportKey: Buffer, caseId: string): string {
  return asUuid(createHmac('sha256', exportKey).update(caseId).digest());
}

/** An id that looks like the others and stands for nothing. */
export const honeyId = (): string => asUuid(randomBytes(16));

/** Version 8 of RFC 9562, which leaves the other bits to whoever makes it. */
function asUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex').slice(0, 32);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
