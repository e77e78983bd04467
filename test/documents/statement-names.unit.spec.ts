import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from '@jest/globals';

import { checkoutDirectory } from '#libs/configuration';

/** The name of a prepared statement, or both where a condition chooses. */
const named = /\.(?:query|send)(?:<(?:[^<>]|<[^<>]*>)*>)?\(\s*([^,]*),/g;

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(path.join(checkoutDirectory(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => path.join(folder, file)),
);

it('gives no name to statements of two files: on one connection the second would fail', () => {
  const filesOf = new Map<string, Set<string>>();
  for (const file of sources) {
    for (const [, first = ''] of readFileSync(path.join(checkoutDirectory(), file), 'utf8').matchAll(named)) {
      for (const [, name = ''] of first.matchAll(/'(\w+)'/g))
        filesOf.set(name, (filesOf.get(name) ?? new Set()).add(file));
    }
  }
  expect(filesOf.size).toBeGreaterThan(200);
  expect([...filesOf].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([]);
});
