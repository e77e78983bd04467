import { createHash } from 'node:crypto';

/** Letters and digits that are not taken for one another (Crockford's base 32). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 32^6: among ten thousand facilities, a new one meets a code in use about once in a hundred thousand times, and is refused. */
const length = 6;

/** What a facility is called that was found and has no code, such as `FOUND-7K3M02`. It says nothing of where it lies. */
export function facilityCodeFor(id: string): string {
  const digest = createHash('sha256').update(id).digest();
  return `FOUND-${[...digest.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('')}`;
}
