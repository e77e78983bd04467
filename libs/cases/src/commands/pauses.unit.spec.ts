import { describe, expect, it } from '@jest/globals';
import { ask, event, given, supervisor, system, worker } from '../../../../test/support/case-specification.js';
import { after, openCase, submitted } from '../../../../test/support/case-stories.js';

/** Before the panel since Monday 2 March: five working days end on Tuesday 10 March, as the 9th is a holiday (8 March observed). */
const waiting = given(...submitted());
const pause = (days: number, more: { reason?: string; actor?: typeof worker; key?: string } = {}) =>
  ask(
    'PauseDeadline',
    { deadline: more.key ?? 'D_PANEL.1', until: after({ days }), reason: more.reason ?? 'The chair is ill' },
    { actor: more.actor ?? supervisor },
  );
const dueAt = waiting.known().deadlines['D_PANEL.1']?.dueAt ?? '';

describe('a pause', () => {
  it('is ordered by a supervisor, with a reason, for 30 days at most, of a clock of working days alone', () => {
    waiting.when(pause(4)).then(event('DeadlinePaused', { deadline: 'D_PANEL.1', until: after({ days: 4 }) }));
    waiting.when(pause(4, { actor: worker })).thenRefused('RoleNotAllowed deadline');
    waiting.when(pause(4, { reason: ' ' })).thenRefused('FieldInvalid reason');
    waiting.when(pause(31)).thenRefused('FieldInvalid until');
    waiting.when(pause(-1)).thenRefused('FieldInvalid until');
    given(openCase())
      .when(pause(4, { key: 'D_ASSESS.1' }))
      .thenRefused('NotPausable D_ASSESS.1');
    waiting.when(pause(4, { key: 'D_PANEL.7' })).thenUnknown('NotFound deadline');
    waiting.and(pause(4)).when(pause(4)).thenConflict('WrongState paused');
  });

  it('gives back the working days that were lost when a supervisor ends it', () => {
    const resume = ask('ResumeDeadline', { deadline: 'D_PANEL.1' }, { actor: supervisor, at: after({ days: 3 }) });
    waiting
      .and(pause(4))
      .when(resume)
      .then(
        event('DeadlineCancelled', { deadline: 'D_PANEL.1', because: 'resumed' }),
        event('DeadlineArmed', { deadline: 'D_PANEL.2', replaces: 'D_PANEL.1', startedAt: '2026-03-02T02:00:00.000Z' }),
      );
    const later = waiting.and(pause(4), resume).known().deadlines['D_PANEL.2']?.dueAt ?? '';
    expect(later > dueAt).toBe(true);
    waiting
      .and(pause(4))
      .when({ ...resume, actor: worker })
      .thenRefused('RoleNotAllowed deadline');
    waiting.when(resume).thenConflict('WrongState paused');
  });

  it('counts until its end is recorded, whenever somebody says that it was', () => {
    const told = { actor: supervisor, at: after({ days: 1 }), recordedAt: after({ days: 3 }) };
    waiting
      .and(pause(4))
      .when(ask('ResumeDeadline', { deadline: 'D_PANEL.1' }, told))
      .then(
        { ...event('DeadlineCancelled', { because: 'resumed' }), occurredAt: after({ days: 3 }) },
        { ...event('DeadlineArmed', { deadline: 'D_PANEL.2' }), occurredAt: after({ days: 3 }) },
      );
  });

  it('ends by itself, so that no deadline waits in silence', () => {
    const wake = (days: number) =>
      ask('ReachRungs', { deadline: 'D_PANEL.1' }, { actor: system, at: after({ days }), recordedAt: after({ days }) });
    const paused = waiting.and(pause(10));
    paused.when(wake(9)).thenNothingHappened();
    paused
      .when(wake(10))
      .thenAmongOthers(
        event('DeadlineCancelled', { because: 'resumed' }),
        event('DeadlineArmed', { deadline: 'D_PANEL.2' }),
      );
  });
});
