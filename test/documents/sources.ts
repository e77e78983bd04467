import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { checkoutDirectory } from '#libs/configuration';

export interface Source {
  /** Path within the checkout. */
  readonly file: string;
  readonly text: string;
}

/** Everything that runs at an installation: no tests, and nothing that only tests use. */
export const sources: readonly Source[] = ['apps', 'libs', 'migrations'].flatMap((folder) =>
  readdirSync(path.join(checkoutDirectory(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => path.join(folder, file))
    .map((file) => ({ file, text: readFileSync(path.join(checkoutDirectory(), file), 'utf8') })),
);

/** Files in which something is written, comments included. */
export const filesWith = (pattern: RegExp): string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

/** What the first group of a pattern takes in, over all files, each once. */
export const foundBy = (pattern: RegExp): string[] => {
  const found = sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, first = '']) => first));
  return [...new Set(found)].sort();
};
