import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { groupHash, groupOf, rootOf, type Head } from './merkle.js';

const head = (streamId: string, change: Partial<Head> = {}): Head => ({
  ...{ tenant: 1, category: 'case', version: 3, hash: 'ab'.repeat(32) },
  streamId,
  ...change,
});
const one = head('0190a5d6-0000-7000-8000-000000000001');
const sameGroup = head('0190a5d6-0000-7000-8000-00000000f001');
const other = head('0190a5d6-0000-7000-8000-000000000fff');

const rootOver = (...groups: readonly (readonly Head[])[]) =>
  rootOf(new Map(groups.map((heads) => [groupOf(heads[0]!.streamId), groupHash(heads)])));

describe('the root over all heads', () => {
  it('is the same for ever', () => {
    const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const leaf = sha(Buffer.from([0]), Buffer.from(`1 ${one.streamId} case 3 ${one.hash}`));
    let empty = sha(Buffer.from([2]));
    // Group 1 is the right one of the first pair, and stands left from there on.
    let left = sha(Buffer.from([1]), empty, sha(Buffer.from([2]), leaf));
    empty = sha(Buffer.from([1]), empty, empty);
    for (let height = 1; height < 12; height += 1) {
      left = sha(Buffer.from([1]), left, empty);
      empty = sha(Buffer.from([1]), empty, empty);
    }
    expect(rootOver([one])).toBe(left.toString('hex'));
  });

  it.each([
    ['another version', [[head(one.streamId, { version: 4 }), sameGroup], [other]]],
    ['another hash', [[one, head(sameGroup.streamId, { hash: 'ac'.repeat(32) })], [other]]],
    ['another category', [[one, sameGroup], [head(other.streamId, { category: 'person' })]]],
    ['a stream less', [[one], [other]]],
    ['a group less', [[one, sameGroup]]],
    ['another order', [[sameGroup, one], [other]]],
  ])('changes with %s', (_what, groups) => {
    expect(rootOver(...groups)).not.toBe(rootOver([one, sameGroup], [other]));
  });
});
