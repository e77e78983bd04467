import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { createLog, type Log } from '#libs/logging';
import pino from 'pino';

import { identity, location, told } from '../faults/canary/canaries.js';

/**
 * Folder in which a run of the scenarios leaves what it did to be searched afterwards, `undefined` in every other run.
 * In such a run every child has a name nobody could mistake, databases stay, and programs log all they can.
 */
export const evidenceFolder = process.env['SPEAN_TEST_EVIDENCE'];

/** Where the programs of a scenario log. */
export function scenarioLog(): Log {
  if (evidenceFolder === undefined) return createLog('test', 'silent');
  return createLog('test', 'trace', pino.destination({ dest: logOf(evidenceFolder, 'program'), sync: true }));
}

/** Errors are what people outside may read; everything else that a scenario is told goes to people with a right to it. */
export function keepRefusal(payload: string): void {
  if (evidenceFolder !== undefined) appendFileSync(logOf(evidenceFolder, 'refusals'), `${payload}\n`);
}

const logOf = (folder: string, name: string): string => path.join(folder, `${name}-${String(process.pid)}.log`);

/**
 * The same request about a child whom nobody could mistake, told in words that nobody could. Names that a scenario gives
 * itself stay: children are found by them.
 */
export function unmistakable(address: string, body: object): object {
  if (evidenceFolder === undefined) return body;
  const worded = reworded(body) as { identity?: object; location?: object };
  if (address !== '/persons') return worded;
  const named = worded.identity === undefined ? identity : { nickname: identity.nickname, ...worded.identity };
  return { ...worded, identity: named, location: { ...location, ...worded.location } };
}

/** What was added to somebody's words, taken away again: a scenario reads what it wrote. */
export function asWritten(payload: string): string {
  return evidenceFolder === undefined ? payload : payload.replaceAll(` ${told}`, '');
}

/** What has a space in it is what somebody wrote; codes, ids and times stay, and so do whole documents. */
function reworded(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => reworded(each));
  if (typeof value === 'string') return key !== 'phone' && isWords(value) ? `${value} ${told}` : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, reworded(each, field)]));
}

const isWords = (text: string): boolean => /\S /.test(text) && !text.includes('\n');
