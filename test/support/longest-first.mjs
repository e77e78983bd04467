import TestSequencer from '@jest/test-sequencer';

/** These take minutes: begun last, one of them would go on alone while the other core has nothing left to do. */
const longest = ['test/proofs/every-deadline.int', 'test/matrix/', 'libs/demonstration/src/load.int'];

/** On a clean clone Jest knows no times of earlier runs and goes by the size of the files, which says little. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = longest.findIndex((part) => path.includes(part));
      return rank === -1 ? longest.length : rank;
    };
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
