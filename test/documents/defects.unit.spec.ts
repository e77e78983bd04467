import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { checkoutDirectory } from '#libs/configuration';

/** What goes wrong in the exchange that runs today, by the number that tests of it name: what a test must show of ours. */
const defects: readonly [number, string][] = [
  [1, 'links between the two ids are never written: ours go out as soon as there is one'],
  [2, 'high risk is written over with none: no level is lowered by a record'],
  [3, 'services of two organisations go to the first: each goes to its own, with its own reason'],
  [4, 'the owner is set again every hour: who owns a case is a hint when it is made, and never after'],
  [5, 'a child of Stung Treng stops the run: all 25 provinces have an account, and one record stops no other'],
  [6, 'records beyond the first page are never read: all pages are'],
  [7, 'a cursor moves on although sending failed: what was not acknowledged is sent or read again'],
  [8, 'nothing can be sent again: what failed is kept, and sent again when somebody asks'],
  [9, 'one bad record ends the batch: it waits alone'],
  [10, 'consent is always claimed: it is never taken from a record, and without it nothing leaves'],
  [11, 'a link makes a client one of Primero: where a case came from never changes'],
  [12, 'corrections never travel, and names and reasons are wiped: they are merged field by field'],
  [13, 'a second referral of one kind overwrites the first: a referral is known by itself'],
  [14, 'services come back as others: codes are lossless, and words that have no code are kept'],
  [15, 'placeholders stand for what is not known: nothing is made up'],
  [16, 'everything of a day is sent every hour: a change is sent once, urgent ones first'],
  [17, 'the password goes along with every call: it is told where it must be, and stored and logged nowhere'],
  [18, 'states of a referral fall together: ours keeps all of them, with reasons'],
  [19, 'lists stand in the code of jobs: they are tables and settings'],
];

const files = ['apps', 'libs', 'test'].flatMap((folder) =>
  readdirSync(path.join(checkoutDirectory(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => path.join(folder, file)),
);

/** Numbers in titles that begin with `defect N:` or `defects N and M:`, with the file that each stands in. */
const shown = files.flatMap((file) => {
  const text = readFileSync(path.join(checkoutDirectory(), file), 'utf8');
  const titles = text.matchAll(/\b(?:it|describe)(?:\.each\([^)]*\))?\(\s*['"`]defects? ([\d, and]+):/g);
  return [...titles].flatMap(([, numbers = '']) =>
    [...numbers.matchAll(/\d+/g)].map(([number]) => ({ number: Number(number), file })),
  );
});

describe('the defects of the exchange of today', () => {
  it.each(defects)('number %i has a test of its own: %s', (number) => {
    const found = shown.filter((each) => each.number === number).map(({ file }) => file);
    expect(found).not.toEqual([]);
  });

  it('are nineteen, and no test names another', () => {
    expect(defects.map(([number]) => number)).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
    expect(shown.filter(({ number }) => number < 1 || number > defects.length)).toEqual([]);
  });
});
