import { describe, expect, it } from '@jest/globals';

import { judgeCommands, type SentCommand } from './commands.js';
import { command } from './testing.spec.js';

const sent = (mark: string, acknowledged?: readonly string[]): SentCommand => ({
  kind: 'sending',
  mark,
  ...(acknowledged === undefined ? {} : { acknowledged }),
});
const whole = ['ReferralSent', 'DeadlineArmed'];
const inLog = (mark: string, version: number, types: readonly string[] = whole) =>
  command('case', version, types, { referralId: mark });
const none = { lost: [], doubled: [], torn: [] };

describe('commands and the log', () => {
  it('agree when each is there once, the one that nobody was told of included', () => {
    const log = [...inLog('r-1', 1), ...inLog('r-2', 3)];
    expect(judgeCommands([sent('r-1', whole), sent('r-2'), sent('r-3')], log)).toEqual({ acknowledged: 1, ...none });
  });

  it('show an acknowledged command that was lost', () => {
    const verdict = judgeCommands([sent('r-1', whole), sent('r-2', whole)], inLog('r-1', 1));
    expect(verdict).toEqual({ acknowledged: 2, ...none, lost: ['ReferralSent r-2'] });
  });

  it.each([
    ['acknowledged', sent('r-1', whole)],
    ['never acknowledged', sent('r-1')],
  ])('show a doubled command that was %s', (_, once) => {
    const verdict = judgeCommands([once], [...inLog('r-1', 1), ...inLog('r-1', 3)]);
    expect(verdict.doubled).toEqual(['ReferralSent r-1']);
  });

  it('show half an acknowledged command', () => {
    const verdict = judgeCommands([sent('r-1', whole)], inLog('r-1', 1, ['ReferralSent']));
    expect(verdict.torn).toEqual(['ReferralSent r-1']);
  });

  it('show half a command that nobody was told of', () => {
    const log = [...inLog('r-1', 1), ...inLog('r-2', 3, ['ReferralSent'])];
    expect(judgeCommands([sent('r-1', whole), sent('r-2')], log).torn).toEqual(['ReferralSent r-2']);
  });

  it('show a command with another event in its midst', () => {
    const [first, second] = inLog('r-1', 1);
    const log = [first, second && { ...second, version: 3 }].filter((event) => event !== undefined);
    expect(judgeCommands([sent('r-1', whole)], log).torn).toEqual(['ReferralSent r-1']);
  });
});
