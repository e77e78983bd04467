import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contextIn, START, storyIn } from '../../../test/support/case-specification.js';
import { openCase } from '../../../test/support/case-stories.js';
import { SECRET } from '../../../test/support/any-command.js';
import { holdsFor, randomStory, tell, world } from '../../../test/support/random-stories.js';
import { decide } from './decide.js';
import type { Recorded } from './events.js';
import { evolve, fold, noCase } from './evolve.js';
import type { CaseState, KnownCase } from './state.js';

describe('whatever is asked, in whatever order', () => {
  it('almost everything that can happen happens: the stories say something', () => {
    const happened = new Set<string>();
    for (const asked of fc.sample(randomStory, { numRuns: 60, seed: 7 })) {
      for (const { event } of tell(asked).history) happened.add(event.type);
    }
    expect(happened.size).toBeGreaterThanOrEqual(34);
  });

  it('folding the log gives the state that deciding left behind', () => {
    holdsFor(({ history, states }) => {
      expect(fold(history)).toEqual(states.at(-1));
      expect(fold(history).version).toBe(history.length);
    });
  });

  it('deciding again on the same gives the same', () => {
    holdsFor((told, asked) => expect(tell(asked)).toEqual(told), 15);
  });

  it('nothing that was decided on is changed by deciding', () => {
    holdsFor((_, asked) => {
      let state: CaseState = noCase;
      for (const { command, actor, now } of asked) {
        const before = structuredClone({ command, state });
        const outcome = decide(command, state, contextIn(world, actor, now));
        expect({ command, state }).toEqual(before);
        if (outcome.ok)
          state = outcome.events.reduce<CaseState>(
            (s, event) => evolve(s, { event, by: actor.id, recordedAt: now }),
            state,
          );
      }
    }, 15);
  });

  it('a refusal names at least one thing that is missing, each in both languages', () => {
    holdsFor((_, asked) => {
      for (const { command, actor, now } of asked) {
        const outcome = decide(command, noCase, contextIn(world, actor, now));
        if (outcome.ok) continue;
        expect(outcome.refusal.unmet.length).toBeGreaterThan(0);
        for (const { text } of outcome.refusal.unmet) expect(text.en !== '' && text.km !== '').toBe(true);
      }
    }, 15);
  });
});

describe('every deadline, whatever is asked', () => {
  it('is armed once, then met or cancelled at most once, and nothing happens to it before or after', () => {
    holdsFor(({ history }) => {
      const lives = new Map<string, string[]>();
      for (const { event } of history) {
        if (!('deadline' in event.data)) continue;
        const { deadline } = event.data;
        lives.set(deadline, [...(lives.get(deadline) ?? []), event.type]);
      }
      for (const [first, ...rest] of lives.values()) {
        expect(first).toBe('DeadlineArmed');
        const end = rest.findIndex((type) => type === 'DeadlineMet' || type === 'DeadlineCancelled');
        expect(rest).not.toContain('DeadlineArmed');
        if (end >= 0) expect(rest.slice(end + 1)).toEqual([]);
      }
    });
  });

  it('reaches each rung once and in order, none before its time', () => {
    holdsFor(({ history }) => {
      const reached = new Map<string, number[]>();
      for (const { event, recordedAt } of history) {
        if (event.type !== 'RungReached') continue;
        reached.set(event.data.deadline, [...(reached.get(event.data.deadline) ?? []), event.data.rung]);
        expect(event.occurredAt <= recordedAt).toBe(true);
      }
      for (const rungs of reached.values()) expect(rungs).toEqual([...new Set(rungs)].sort((a, b) => a - b));
    });
  });

  it('is due after its start or counts from a date, and tells somebody when it is overdue', () => {
    holdsFor(({ states }) => {
      for (const each of Object.values((states.at(-1) as KnownCase).deadlines)) {
        expect(each.rungs.some(({ at }) => at >= each.dueAt)).toBe(true);
        if (each.definition !== 'D_HEARING') expect(each.dueAt > each.startedAt).toBe(true);
      }
    });
  });

  it('is open at most once for one start and occurrence', () => {
    holdsFor(({ states }) => {
      for (const state of states) {
        if (state.status === 'none') continue;
        const open = Object.values(state.deadlines)
          .filter(({ status }) => status === 'armed')
          .map(
            ({ definition, subject, startedAt, occurrence }) => `${definition} ${subject} ${startedAt} ${occurrence}`,
          );
        expect(open).toEqual([...new Set(open)]);
      }
    });
  });

  it('that belongs to the case is closed with it', () => {
    holdsFor(({ history, states }) => {
      const last = states.at(-1) as KnownCase;
      const ended = history.findLastIndex(
        ({ event }) => event.type === 'TransitionTaken' && event.data.to === 'CLOSED',
      );
      if (last.enrolment?.state !== 'CLOSED') return;
      const before = Object.values(last.deadlines).filter(({ armedVersion }) => armedVersion <= ended);
      expect(before.filter(({ status }) => status === 'armed')).toEqual([]);
    });
  });
});

describe('every stay, whatever is asked', () => {
  it('is one at a time in care and one at a time in detention, and ends after it began', () => {
    holdsFor(({ states }) => {
      for (const state of states) {
        if (state.status === 'none') continue;
        const open = state.stays.filter(({ until, replacedAt }) => until === undefined && replacedAt === undefined);
        const kinds = open.map(({ held }) => (held === undefined ? 'care' : `${held.track} ${held.row}`));
        expect(kinds).toEqual([...new Set(kinds)]);
        for (const { from, until } of state.stays) expect(until === undefined || until >= from).toBe(true);
      }
    });
  });

  it('in detention is open exactly while the track is in a state of detention', () => {
    holdsFor(({ states }) => {
      for (const state of states) {
        if (state.status === 'none' || state.enrolment === undefined) continue;
        const held = state.stays.some((stay) => stay.held !== undefined && stay.until === undefined);
        const liberty = state.tracks['LIBERTY']?.[0]?.state ?? '';
        expect(held).toBe(['CUSTODY', 'DETAINED'].includes(liberty));
      }
    });
  });
});

describe('words and names, whatever is asked', () => {
  it('never stand in the clear part of an event', () => {
    holdsFor(({ history }) => {
      for (const { event } of history) expect(JSON.stringify(event.data)).not.toContain(SECRET);
    });
  });

  it('are kept where they belong: sealed', () => {
    holdsFor((_, asked) => {
      let state: CaseState = noCase;
      for (const { command, actor, now } of asked) {
        const outcome = decide(command, state, contextIn(world, actor, now));
        if (!outcome.ok || outcome.events.length === 0) continue;
        const sealed = JSON.stringify(outcome.events.map((event) => event.sealed));
        if (JSON.stringify(command.data).includes(SECRET))
          expect([command.type, sealed.includes(SECRET)]).toEqual([command.type, true]);
        state = fold(
          outcome.events.map((event) => ({ event, by: actor.id, recordedAt: now })),
          state,
        );
      }
    });
  });
});

describe('a long life', () => {
  it('of thousands of events is read in a moment', () => {
    const opened = storyIn(world)(openCase()).history;
    const notes: Recorded[] = Array.from({ length: 5_000 }, (_, index) => ({
      event: {
        type: 'NoteAdded',
        data: { noteId: `n-${index}`, kind: 'CASE_NOTE' },
        occurredAt: START,
        precision: 'moment',
      },
      by: 'worker-1',
      recordedAt: START,
    }));
    const started = performance.now();
    expect(fold([...opened, ...notes]).version).toBe(opened.length + notes.length);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
