import { describe, it } from '@jest/globals';
import { alone } from '../context.js';
import { ask, event, START, storyIn } from '../../../../test/support/case-specification.js';
import { after, openCase, risk, supported, step } from '../../../../test/support/case-stories.js';

const toKin = ask('MoveTrack', { track: 'PLACEMENT', to: 'KIN' }, { at: after({ days: 1 }) });
const inWorld = (person: Partial<typeof alone>) => storyIn({ person: { ...alone, ...person } })(...supported());

describe('a move of the child (pathways 9)', () => {
  it('goes ahead while no other case has anything to say', () => {
    inWorld({})
      .when(toKin)
      .then(event('TrackMoved', { to: 'KIN' }));
    inWorld({ flags: ['TRAFFICKING'] })
      .when(toKin)
      .then(event('TrackMoved', { to: 'KIN' }));
  });

  it('is stopped by a safety flag, without a word about why', () => {
    inWorld({ flags: ['SAFETY'] })
      .when(toKin)
      .thenRefused('SafetyCheckPending move');
    inWorld({ flags: ['SAFETY'] })
      .when(step('T12', { danger: 'now' }))
      .thenRefused('SafetyCheckPending move');
  });

  it('waits for the case that owns the safety of the child to agree, after the step before it', () => {
    inWorld({ safetyOwnedElsewhere: true }).when(toKin).thenRefused('SafetyCheckPending move');
    const early = { safetyOwnedElsewhere: true, moveAgreedAt: after({ days: -1 }) };
    inWorld(early).when(toKin).thenRefused('SafetyCheckPending move');
    inWorld({ safetyOwnedElsewhere: true, moveAgreedAt: START })
      .when(toKin)
      .then(event('TrackMoved', { to: 'KIN' }));
  });
});

describe('an alert', () => {
  it('is raised once, when what it watches for happens', () => {
    const raised = storyIn({ person: { ...alone, flags: ['TRAFFICKING'] } })()
      .when(openCase())
      .thenAmongOthers(event('AlertRaised', { alert: 'TRAFFICKED', recipients: ['supervisor'] }));
    raised.when(risk('high')).thenNone('AlertRaised');
    inWorld({}).when(risk('high')).thenNone('AlertRaised');
  });
});

describe('a track that is owed', () => {
  it('is opened by the fact that makes it due, once, by nobody', () => {
    const homeless = ask('RecordFacts', { facts: { homeless: true } });
    const opened = inWorld({})
      .when(homeless)
      .thenAmongOthers(event('TrackMoved', { track: 'PLACEMENT', to: 'HOME', byRule: true }));
    opened
      .and(ask('RecordFacts', { facts: { homeless: false } }))
      .when(homeless)
      .thenNone('TrackMoved');
  });
});
