import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody guesses them, so a fast digest is all that has to be kept. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token, a key or a recovery code. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
