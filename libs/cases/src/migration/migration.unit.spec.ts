import { describe, expect, it } from '@jest/globals';
import type { MigrationMap, PathwayDefinition } from '#libs/pathways';
import {
  ask,
  contextIn,
  event,
  START,
  storyIn,
  supervisor,
  worker,
  type Circumstances,
} from '../../../../test/support/case-specification.js';
import { after, contact, document, openCase, supported } from '../../../../test/support/case-stories.js';
import { holdsFor, world } from '../../../../test/support/random-stories.js';
import { testPathway } from '../../../../test/support/test-pathway.js';
import { testCommon } from '../../../../test/support/test-vocabulary.js';
import { decide } from '../decide.js';
import type { DeadlineStatus } from '../state.js';

const ministry = { id: 'ministry-1', roles: ['MOSVY_CPD'], agency: 'mosvy' };
const identity = Object.fromEntries(Object.keys(testPathway.states).map((state) => [state, state]));

/** The next version of the test pathway, with the map to it. */
function nextVersion(map: Partial<MigrationMap> = {}, change: (next: PathwayDefinition) => void = () => undefined) {
  const next = structuredClone(testPathway);
  next.version = '2.0.0';
  next.migrations = [{ from: '1.0.0', states: identity, ...map }];
  change(next);
  return next;
}

function worldWith(next: PathwayDefinition) {
  const pathways = {
    'TEST@1.0.0': { definition: testPathway, common: testCommon },
    'TEST@2.0.0': { definition: next, common: testCommon },
  };
  return { ...world, pathways };
}

const migrate = (when: Circumstances = {}, reason = 'The new law is in force') =>
  ask('MigrateCase', { to: 'TEST@2.0.0', reason }, { actor: ministry, at: after({ days: 20 }), ...when });

const armed = (deadlines: Record<string, DeadlineStatus>, definition: string) =>
  Object.values(deadlines).filter((each) => each.definition === definition && each.status === 'armed');

describe('a case that is moved to another version', () => {
  it('keeps every deadline when the version changes none, whatever happened before', () => {
    const moved = worldWith(nextVersion());
    let tried = 0;
    holdsFor(({ history, states }, asked) => {
      const [state, now] = [states.at(-1), asked.at(-1)?.now];
      if (state?.status !== 'known' || state.erased || state.enrolment === undefined || now === undefined) return;
      const outcome = decide(migrate({ at: now }).command, state, { ...contextIn(moved, ministry, now), history });
      expect(outcome.ok && outcome.events.map(({ type, data }) => [type, data])).toEqual([
        ['CaseMigrated', expect.objectContaining({ from: 'TEST@1.0.0', to: 'TEST@2.0.0' })],
      ]);
      tried += 1;
    }, 40);
    expect(tried).toBeGreaterThan(20);
  });

  it('folds to the same state as deciding left behind', () => {
    const moved = storyIn(worldWith(nextVersion({ states: { ...identity, SUPPORT: 'SAFETY' } })))(...supported()).and(
      migrate(),
    );
    expect(moved.known().enrolment).toMatchObject({ pathway: 'TEST@2.0.0', state: 'SAFETY' });
    expect(moved.known().enrolment?.taken.at(-1)?.to).toBe('SAFETY');
  });

  it('is explained: from where, to where, by which map, by whom and why, the reason sealed', () => {
    const next = nextVersion({ states: { ...identity, SUPPORT: 'HELP' } }, (d) => {
      d.states['HELP'] = d.states['SUPPORT']!;
    });
    const told = storyIn(worldWith(next))(...supported())
      .when(migrate())
      .thenAmongOthers(
        event('CaseMigrated', {
          from: 'TEST@1.0.0',
          to: 'TEST@2.0.0',
          state: { from: 'SUPPORT', to: 'HELP' },
          renamed: { states: { SUPPORT: 'HELP' }, tracks: {}, deadlines: {} },
        }),
      );
    const recorded = told.history.find(({ event: { type } }) => type === 'CaseMigrated');
    expect(recorded).toMatchObject({
      by: 'ministry-1',
      event: { sealed: { narrative: { reason: expect.any(String) } } },
    });
  });

  it('is late with a new duty whose time has passed, and not when the duty counts anew', () => {
    const report = { ...testPathway.deadlines['D_REVIEW']!, stop: [{ document: 'RISK_SCREEN' as const }] };
    const withDuty = (map: Partial<MigrationMap>) =>
      storyIn(
        worldWith(
          nextVersion(map, (d) => {
            d.deadlines['D_REPORT'] = { ...report, due: [{ clock: 'wall', granularity: 'moment', within: 'P2D' }] };
          }),
        ),
      )(...supported()).and(migrate());
    const [late] = armed(withDuty({}).known().deadlines, 'D_REPORT');
    expect(late).toMatchObject({ closedOnArrival: true });
    const [fresh] = armed(withDuty({ anew: ['D_REPORT'] }).known().deadlines, 'D_REPORT');
    expect(fresh).toMatchObject({ closedOnArrival: false, startedAt: after({ days: 20 }), dueAt: after({ days: 22 }) });
  });

  it('has a deadline under its new name, due by the new rule from the old start, and what was told is not told twice', () => {
    const next = nextVersion({ deadlines: { D_REVIEW: 'D_LOOK', D_CONTACT: null } }, (d) => {
      const { D_REVIEW, D_CONTACT: _, ...rest } = d.deadlines;
      d.deadlines = {
        ...rest,
        D_LOOK: { ...D_REVIEW!, due: [{ clock: 'calendar', granularity: 'day', within: 'P60D' }] },
      };
    });
    const before = storyIn(worldWith(next))(...supported());
    const [old] = armed(before.known().deadlines, 'D_REVIEW');
    const { deadlines } = before.and(migrate()).known();
    expect(armed(deadlines, 'D_REVIEW')).toEqual([]);
    expect(armed(deadlines, 'D_CONTACT')).toEqual([]);
    const [look] = armed(deadlines, 'D_LOOK');
    expect(look).toMatchObject({ startedAt: old?.startedAt, occurrence: 1 });
    expect(look!.dueAt > old!.dueAt).toBe(true);
  });

  it('is not asked again for what was done under the law of its time', () => {
    const next = nextVersion({}, (d) => {
      d.deadlines['D_REVIEW'] = { ...d.deadlines['D_REVIEW']!, stop: [{ note: ['CASE_NOTE'] }] };
    });
    const reviewed = storyIn(worldWith(next))(...supported()).and(
      document('REVIEW_REPORT', { at: after({ days: 19 }) }),
    );
    expect(armed(reviewed.and(migrate()).known().deadlines, 'D_REVIEW')).toEqual([]);
  });

  it('goes on with what a supervisor extended, also under another name', () => {
    const next = nextVersion({ deadlines: { D_REVIEW: 'D_LOOK' } }, (d) => {
      const { D_REVIEW, ...rest } = d.deadlines;
      d.deadlines = { ...rest, D_LOOK: D_REVIEW! };
    });
    const until = after({ days: 50 });
    const extended = storyIn(worldWith(next))(...supported()).and(
      ask(
        'ExtendDeadline',
        { deadline: 'D_REVIEW.1', until, reason: 'Floods' },
        { actor: supervisor, at: after({ days: 19 }) },
      ),
    );
    expect(armed(extended.and(migrate()).known().deadlines, 'D_LOOK')).toMatchObject([
      { dueAt: until, extended: true },
    ]);
  });

  it('can be moved on a second time', () => {
    const second = nextVersion({ deadlines: { D_REVIEW: 'D_LOOK' } }, (d) => {
      const { D_REVIEW, ...rest } = d.deadlines;
      d.deadlines = { ...rest, D_LOOK: D_REVIEW! };
    });
    const third: PathwayDefinition = { ...second, version: '3.0.0', migrations: [{ from: '2.0.0', states: identity }] };
    const moved = worldWith(second);
    const pathways = { ...moved.pathways, 'TEST@3.0.0': { definition: third, common: testCommon } };
    storyIn({ ...moved, pathways })(...supported(), migrate(), contact({}, { at: after({ days: 21 }) }))
      .when(ask('MigrateCase', { to: 'TEST@3.0.0', reason: 'Once more' }, { actor: ministry, at: after({ days: 22 }) }))
      .then(event('CaseMigrated', { from: 'TEST@2.0.0', to: 'TEST@3.0.0' }));
  });
});

describe('a case is not moved', () => {
  it('from a state that the map leaves out', () => {
    const { SUPPORT: _, ...most } = identity;
    storyIn(worldWith(nextVersion({ states: most })))(...supported())
      .when(migrate())
      .thenRefused('NotMapped SUPPORT');
  });

  it('when the new version has no map from its own, or is not known', () => {
    const next = nextVersion({ from: '0.9.0' });
    storyIn(worldWith(next))(...supported())
      .when(migrate())
      .thenRefused('MapMissing TEST@1.0.0');
    storyIn(world)(...supported())
      .when(migrate())
      .thenUnknown('NotFound to');
  });

  it('by a worker, or without a reason', () => {
    storyIn(worldWith(nextVersion()))(...supported())
      .when(migrate({ actor: worker }, ' '))
      .thenRefused('FieldInvalid reason', 'RoleNotAllowed MigrateCase');
  });

  it('before it is enrolled', () => {
    const { pathway: _, ...waiting } = openCase().command.data as { pathway?: string };
    storyIn(worldWith(nextVersion()))(ask('OpenCase', waiting as never, { at: START }))
      .when(migrate())
      .thenConflict('WrongState enrolment');
  });

  it('twice: where it is already, nothing happens', () => {
    storyIn(worldWith(nextVersion()))(...supported(), migrate())
      .when(migrate({ at: after({ days: 30 }) }))
      .thenNothingHappened();
  });
});
