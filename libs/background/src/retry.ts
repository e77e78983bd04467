import { isNativeError } from 'node:util/types';

const firstPauseMs = 2_000;
const longestPauseMs = 15 * 60_000;

/** How long to wait after so many failed attempts, in milliseconds: doubling from 2 seconds up to 15 minutes. */
export function pauseAfter(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
}

const codeShape = /^[\w.-]{1,40}$/;

/**
 * An error as it may be stored and shown: its name, and its code if it has one. Never its text, which could quote a
 * child's data.
 */
export function errorName(error: unknown): string {
  if (!isNativeError(error)) return 'NotAnError';
  const name = codeShape.test(error.name) ? error.name : 'Error';
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const codes = [code, responseCode].filter((each) => typeof each === 'string' || typeof each === 'number');
  return [name, ...codes.map(String).filter((each) => codeShape.test(each))].join(' ');
}
