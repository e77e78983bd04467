import { describe, expect, it } from '@jest/globals';
import { Batches } from './batches.js';

/** Runs that end when the test says so. */
function heldRuns() {
  const runs: { members: readonly string[]; end: (error?: Error) => void }[] = [];
  const run = (members: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      const answers = members.map((member) => `${member} done`);
      runs.push({ members, end: (error) => (error === undefined ? resolve(answers) : reject(error)) });
    });
  return { runs, batches: new Batches<string, string>(run) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('batches', () => {
  it('start the first caller at once and share the next ones out over one more run', async () => {
    const { runs, batches } = heldRuns();
    const answers = ['a', 'b', 'c'].map((member) => batches.add(member, member));
    await turn();
    expect(runs.map(({ members }) => members)).toEqual([['a'], ['b', 'c']]);
    runs.forEach(({ end }) => end());
    await expect(Promise.all(answers)).resolves.toEqual(['a done', 'b done', 'c done']);
  });

  it('let two runs be under way, and gather the others in the order of their keys', async () => {
    const { runs, batches } = heldRuns();
    ['one', 'two', 'z', 'y'].forEach((key) => void batches.add(key, key));
    await turn();
    void batches.add('x', 'x');
    await turn();
    expect(runs.map(({ members }) => members)).toEqual([['one'], ['two', 'y', 'z']]);
    runs[0]?.end();
    await turn();
    await turn();
    expect(runs.at(-1)?.members).toEqual(['x']);
  });

  it('never run two members of one key together', async () => {
    const { runs, batches } = heldRuns();
    ['first', 'second'].forEach((member) => void batches.add('same', member));
    await turn();
    expect(runs.map(({ members }) => members)).toEqual([['first']]);
    runs[0]?.end();
    await turn();
    await turn();
    expect(runs.map(({ members }) => members)).toEqual([['first'], ['second']]);
  });

  it('run the members of a failed run one by one, each with its own end', async () => {
    const { runs, batches } = heldRuns();
    const first = batches.add('first', 'first');
    const outcomes = Promise.allSettled(['bad', 'good'].map((member) => batches.add(member, member)));
    await turn();
    runs[1]?.end(new Error('one of them'));
    await turn();
    expect(runs.map(({ members }) => members)).toEqual([['first'], ['bad', 'good'], ['bad'], ['good']]);
    runs[2]?.end(new Error('bad one'));
    runs[3]?.end();
    runs[0]?.end();
    await expect(outcomes).resolves.toMatchObject([{ reason: { message: 'bad one' } }, { value: 'good done' }]);
    await expect(first).resolves.toBe('first done');
  });
});
