import { expect, it } from '@jest/globals';

import { sources } from './sources.js';

/** The name of a prepared statement, or both where a condition chooses. */
const named = /\.(?:query|send)(?:<(?:[^<>]|<[^<>]*>)*>)?\(\s*([^,]*),/g;

it('gives no name to statements of two files: on one connection the second would fail', () => {
  const filesOf = new Map<string, Set<string>>();
  for (const { file, text } of sources.filter((each) => !each.file.startsWith('migrations'))) {
    for (const [, first = ''] of text.matchAll(named)) {
      for (const [, name = ''] of first.matchAll(/'(\w+)'/g))
        filesOf.set(name, (filesOf.get(name) ?? new Set()).add(file));
    }
  }
  expect(filesOf.size).toBeGreaterThan(200);
  expect([...filesOf].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([]);
});
