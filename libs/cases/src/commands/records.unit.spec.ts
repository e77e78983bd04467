import { describe, expect, it } from '@jest/globals';
import { ask, event, given, storyIn, supervisor, worker } from '../../../../test/support/case-specification.js';
import { contact, document, facts, note, openCase, risk, track } from '../../../../test/support/case-stories.js';
import { testPathway } from '../../../../test/support/test-pathway.js';
import { testCommon, text } from '../../../../test/support/test-vocabulary.js';

const waiting = ask('OpenCase', { code: 'K-1', personId: 'p-1', agency: 'osvy', synthetic: true });

describe('documents', () => {
  it('are recorded by code, with words sealed', () => {
    given(openCase())
      .when(ask('RecordDocument', { documentId: 'd', code: 'BIA', mediaType: 'application/pdf', text: 'her story' }))
      .then({
        ...event('DocumentRecorded', { documentId: 'd', code: 'BIA' }),
        sealed: { narrative: { text: 'her story' } },
      });
  });

  it('are refused for everything that is wrong with them', () => {
    given(openCase(), ask('RecordDocument', { documentId: 'd', code: 'BIA' }))
      .when(
        ask('RecordDocument', {
          documentId: 'd',
          code: 'PHOTO',
          mediaType: 'image/png',
          scores: { child: { health: 3 } },
        }),
      )
      .thenRefused('NotFound code', 'AlreadyExists documentId', 'MediaTypeRefused mediaType', 'FieldInvalid scores');
  });

  it('carry only points that the scored assessment asks for, on its scale', () => {
    const scored = (child: Record<string, number>, other = {}) =>
      ask('RecordDocument', { documentId: 'd', code: 'FINAL_ASSESSMENT', scores: { child, ...other } });
    given(openCase())
      .when(scored({ health: 4, safety: 1 }))
      .then(event('DocumentRecorded'));
    given(openCase())
      .when(scored({ health: 5 }))
      .thenRefused('FieldInvalid scores.child');
    given(openCase())
      .when(scored({ health: 2.5 }))
      .thenRefused('FieldInvalid scores.child');
    given(openCase())
      .when(scored({ luck: 4 }))
      .thenRefused('FieldInvalid scores.child');
    given(openCase())
      .when(scored({}, { 'Sok Dara': { x: 1 } }))
      .thenRefused('FieldInvalid scores.unknown');
  });
});

describe('risk', () => {
  const alone = (level: 'high' | 'low') => ask('SetRiskLevel', { level, reason: 'seen' });
  const proposed = ask('SetRiskLevel', { level: 'low', reason: 'calmer', proposalId: 'p-1' });
  const agreed = (actor = supervisor) => ask('AgreeToLowerRisk', { proposalId: 'p-1', reason: 'seen it' }, { actor });

  it('is raised, or said again, by one person', () => {
    given(openCase())
      .when(alone('low'))
      .thenAmongOthers(event('RiskLevelSet', { level: 'low' }))
      .when(alone('low'))
      .thenAmongOthers(event('RiskLevelSet', { level: 'low', previous: 'low' }))
      .when(alone('high'))
      .thenAmongOthers(event('RiskLevelSet', { level: 'high', previous: 'low' }));
  });

  it('that is lower is only proposed, and the present level holds', () => {
    const story = given(openCase(), risk('high'))
      .when(proposed)
      .then(event('RiskLoweringProposed', { level: 'low' }));
    expect(story.known().risk?.level).toBe('high');
    given(openCase(), risk('high')).when(alone('low')).thenRefused('FieldInvalid proposalId');
  });

  it('is lowered when a supervisor, somebody else, agrees with a newer review before them', () => {
    const review = document('REVIEW_REPORT');
    given(openCase(), risk('high'), proposed, review)
      .when(agreed())
      .thenAmongOthers(event('RiskLevelSet', { level: 'low', previous: 'high', proposedBy: 'worker-1' }));
    given(openCase(), risk('high'), proposed).when(agreed()).thenRefused('DocumentMissing REVIEW_REPORT');
    given(openCase(), review, risk('high'), proposed).when(agreed()).thenRefused('DocumentMissing REVIEW_REPORT');
    given(openCase(), risk('high'), proposed, review)
      .when(agreed(worker))
      .thenRefused('RoleNotAllowed proposalId', 'TwoPersonRule proposalId');
    const self = { ...worker, roles: ['PDOSVY_SUP'] };
    given(openCase(), risk('high'), proposed, review).when(agreed(self)).thenRefused('TwoPersonRule proposalId');
  });

  it('is not lowered from a level that was raised in the meantime', () => {
    const raised = [openCase(), risk('low'), risk('high'), proposed, document('REVIEW_REPORT'), risk('high')];
    given(...raised)
      .when(agreed())
      .thenUnknown('NotFound proposalId');
  });
});

describe('tracks', () => {
  it('move, remembering from where', () => {
    given(openCase())
      .when(track('LIBERTY', 'CUSTODY'))
      .thenAmongOthers(event('TrackMoved', { from: 'AT_LIBERTY', to: 'CUSTODY' }));
  });

  it('have rows exactly where the pathway says so', () => {
    given(openCase()).when(track('MEASURES', 'RUNNING')).thenRefused('FieldInvalid row');
    given(openCase())
      .when(track('LIBERTY', 'CUSTODY', {}, 'row'))
      .thenRefused('FieldInvalid row');
    given(openCase())
      .when(track('MEASURES', 'RUNNING', {}, 'school'))
      .then(event('TrackMoved', { row: 'school' }));
  });

  it('SR-49: have rows that the catalogue lists, a second of the same kind under a number', () => {
    const { MEASURES, ...others } = testPathway.tracks;
    const catalogue = { COUNSELLING: { title: text('Counselling'), evidence: text('Sessions') } };
    const definition = { ...testPathway, tracks: { ...others, MEASURES: { ...MEASURES!, catalogue } } };
    const story = storyIn({ pathways: { 'TEST@1.0.0': { definition, common: testCommon } } })(openCase());
    const row = (name: string) => track('MEASURES', 'RUNNING', {}, name);
    story.when(row('COUNSELLING')).then(event('TrackMoved', { row: 'COUNSELLING' }));
    story.when(row('COUNSELLING.2')).then(event('TrackMoved', { row: 'COUNSELLING.2' }));
    for (const none of ['PRAYER', 'counselling', 'COUNSELLING.1', 'COUNSELLING.22', 'constructor']) {
      story.when(row(none)).thenRefused('NotFound row');
    }
  });

  it('and their states must exist', () => {
    given(openCase()).when(track('NONE', 'CUSTODY')).thenUnknown('NotFound track');
    given(openCase()).when(track('LIBERTY', 'NONE')).thenUnknown('NotFound to');
    given(waiting).when(track('LIBERTY', 'CUSTODY')).thenUnknown('NotFound track');
  });

  it('are guarded on entering a state, by a check or by what somebody declares', () => {
    given(openCase()).when(track('LIBERTY', 'DETAINED')).thenRefused('GuardUnmet LIBERTY.DETAINED.1');
    given(openCase(), track('LIBERTY', 'CUSTODY'))
      .when(track('LIBERTY', 'DETAINED'))
      .thenAmongOthers(event('TrackMoved'));
    const declared = ask('AttestGuard', { guard: 'HEALTH.DONE.1', reason: 'saw the report' }, { actor: supervisor });
    given(openCase()).when(track('HEALTH', 'DONE')).thenRefused('AttestationMissing HEALTH.DONE.1');
    given(openCase(), declared).when(track('HEALTH', 'DONE')).then(event('TrackMoved'));
  });
});

describe('facts', () => {
  it('are recorded where they change, all of them or none', () => {
    given(openCase({ facts: { places: 3 } }))
      .when(facts({ places: 3, custody: true }))
      .then(event('FactsRecorded', { facts: { custody: true } }));
    given(openCase({ facts: { places: 3 } }))
      .when(facts({ places: 3 }))
      .thenNothingHappened();
    given(openCase())
      .when(facts({ places: -1, custody: true }))
      .thenRefused('FieldInvalid facts.places');
  });

  it('that a deadline asks for again and again are news each time, even unchanged', () => {
    given(openCase({ facts: { checked: true } }))
      .when(facts({ checked: true }))
      .then(event('FactsRecorded', { facts: { checked: true } }));
  });

  it('need the pathway that knows them', () => {
    given(waiting)
      .when(facts({ places: 3 }))
      .thenConflict('WrongState enrolment');
  });
});

describe('notes, contacts and blocks', () => {
  it('keep words sealed', () => {
    given(openCase())
      .when(note('CASE_NOTE'))
      .then({ ...event('NoteAdded'), sealed: { narrative: { text: 'words' } } });
    const { outcome } = given(openCase()).when(contact({ text: 'she cried' }));
    expect(outcome).toMatchObject({
      events: [{ type: 'ContactRecorded', sealed: { narrative: { text: 'she cried' } } }],
    });
    given(openCase())
      .when(ask('BlockContact', { blockId: 'b', who: 'uncle', because: 'EX1', name: 'Sok Dara', token: 't' }))
      .then({ ...event('ContactBlocked', { token: 't' }), sealed: { perpetrator: { name: 'Sok Dara' } } });
  });

  it('keep the reason of a risk level and the words about a track sealed', () => {
    given(openCase())
      .when(risk('high'))
      .thenAmongOthers({ ...event('RiskLevelSet'), sealed: { narrative: { text: 'seen at home' } } });
    given(openCase())
      .when(ask('MoveTrack', { track: 'LIBERTY', to: 'CUSTODY', text: 'taken at night' }))
      .thenAmongOthers({ ...event('TrackMoved'), sealed: { narrative: { text: 'taken at night' } } });
  });

  it('never use a blocked number', () => {
    const blocked = given(openCase(), ask('BlockContact', { blockId: 'b', who: 'uncle', because: 'EX1', token: 't' }));
    blocked.when(contact({ token: 't' })).thenRefused('ContactBlocked phone');
    blocked.when(contact({ token: 'other' })).then(event('ContactRecorded'));
    blocked.when(contact()).then(event('ContactRecorded'));
  });
});

describe('a note', () => {
  it('is sealed as narrative, and apart from it where the child admits something for a diversion', () => {
    const content = { ...testPathway.content, notForEvidence: ['ADMISSION'] };
    const pathway = { definition: { ...testPathway, content }, common: testCommon };
    const story = storyIn({ pathways: { 'TEST@1.0.0': pathway } })(openCase());
    story
      .when(note('CASE_NOTE'))
      .then({ ...event('NoteAdded', { kind: 'CASE_NOTE' }), sealed: { narrative: { text: 'words' } } });
    story
      .when(note('ADMISSION'))
      .then({ ...event('NoteAdded', { kind: 'ADMISSION' }), sealed: { not_for_evidence: { text: 'words' } } });
  });
});
