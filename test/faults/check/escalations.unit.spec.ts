import { describe, expect, it } from '@jest/globals';

import { judgeEscalations, type EscalationRow } from './escalations.js';
import { command } from './testing.spec.js';

const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const now = 100_000;

const rungs = [
  { rung: 0, at: at(10) },
  { rung: 1, at: at(90) },
  { rung: 2, at: at(200) },
];
const armed = (reachedBefore: number[] = []) =>
  command('case', 1, ['DeadlineArmed'], { deadline: 'D.1', rungs, reachedBefore });
const reached = (version: number, rung: number, recordedAt = now) =>
  command('case', version, ['RungReached', 'EscalationRaised'], { deadline: 'D.1', rung }, recordedAt);
const ended = command('case', 9, ['DeadlineMet'], { deadline: 'D.1' });
const row = (rung: number): EscalationRow => ({ streamId: 'case', deadline: 'D.1', rung });
const none = { lost: [], doubled: [], unfounded: [] };

describe('deadlines and what was raised', () => {
  it('agree when each rung whose time has passed was reached once', () => {
    const log = [...armed(), ...reached(2, 0), ...reached(4, 1)];
    expect(judgeEscalations(log, [row(0), row(1)], now)).toEqual({ due: 2, raised: 2, ...none });
  });

  it('show a rung that was lost', () => {
    const verdict = judgeEscalations([...armed(), ...reached(2, 0)], [row(0)], now);
    expect(verdict).toEqual({ due: 2, raised: 1, ...none, lost: ['case D.1 rung 1'] });
  });

  it('show a rung that is in the log alone', () => {
    const log = [...armed(), ...reached(2, 0), ...reached(4, 1)];
    expect(judgeEscalations(log, [row(0)], now).lost).toEqual(['case D.1 rung 1']);
  });

  it('show a rung that was raised twice', () => {
    const log = [...armed(), ...reached(2, 0), ...reached(4, 1), ...reached(6, 1)];
    expect(judgeEscalations(log, [row(0), row(1)], now).doubled).toEqual(['case D.1 rung 1']);
  });

  it('show a rung that was raised before its time, and one that nobody armed', () => {
    const log = [...armed(), ...reached(2, 0), ...reached(4, 1, 50_000), ...reached(6, 7)];
    const { unfounded } = judgeEscalations(log, [row(0), row(1), row(7)], now);
    expect(new Set(unfounded)).toEqual(new Set(['case D.1 rung 1', 'case D.1 rung 7']));
  });

  it('expect nothing of a deadline that ended, nor of rungs reached on the one before', () => {
    expect(judgeEscalations([...armed(), ...reached(2, 0), ...ended], [row(0)], now)).toMatchObject({
      due: 1,
      ...none,
    });
    expect(judgeEscalations([...armed([0]), ...reached(2, 1)], [row(1)], now)).toMatchObject({ due: 1, ...none });
  });
});
