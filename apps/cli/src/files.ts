import { readFile } from 'node:fs/promises';
import { WrongCall } from './exit-codes.js';

/** @throws WrongCall when there is no such file, or it may not be read. */
export async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(unreadable);
}

/** @throws WrongCall with the code of the problem; the name of a file could be a child's. */
export function unreadable(error: unknown): never {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  throw new WrongCall(`the file cannot be read (${code})`);
}

/** The parser's own message would quote the text, and so a child's data. @throws WrongCall */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongCall('the file is not JSON');
  }
}
