import { hash, verify } from '@node-rs/argon2';

/** OWASP's parameters for argon2id, which is what the library takes: 19 MiB, two passes, one lane; 20 ms on one core. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * The one form in which a password is compared: NFKC, as NIST SP 800-63B asks, so that the same keys typed on another
 * device give the same password.
 */
export const canonicalPassword = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string): Promise<string> => hash(canonicalPassword(password), parameters);

/** Of a password that nobody has: whoever has none is compared with it, and takes as long as everybody else. */
const nobodys = hashPassword('');

/** @param kept the hash that is kept; absent where nobody of that name has a password */
export async function isPassword(kept: string | undefined, password: string): Promise<boolean> {
  const right = await verify(kept ?? (await nobodys), canonicalPassword(password));
  return right && kept !== undefined;
}
