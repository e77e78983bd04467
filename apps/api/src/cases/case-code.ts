import { createHash } from 'node:crypto';

/** Letters and digits that are not taken for one another when read out or written down (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 32^8 codes: at a million cases, two random ones agree with odds of about one in a million per new case. */
const length = 8;

/** What people call a case that was given no code: `SP-7K3M-02QX`. It says nothing of the child. */
export function caseCodeFor(caseId: string): string {
  const digest = createHash('sha256').update(caseId).digest();
  const letters = [...digest.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `SP-${letters.slice(0, length / 2)}-${letters.slice(length / 2)}`;
}
