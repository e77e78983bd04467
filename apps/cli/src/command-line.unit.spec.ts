import { describe, expect, it, jest } from '@jest/globals';
import { runCommandLine } from './command-line.js';

const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

describe('the command line', () => {
  it.each([
    ['an unknown command', ['nonsense']],
    ['an unknown option', ['start', '--fast']],
    ['too much', ['migrate', 'x']],
  ])('answers %s with 2', async (_, args) => {
    expect(await runCommandLine(args)).toBe(2);
    expect(stderr).toHaveBeenCalled();
  });

  it('keeps standard output for results: help goes to people', async () => {
    expect(await runCommandLine(['--help'])).toBe(0);
    expect(stdout).not.toHaveBeenCalled();
  });
});
