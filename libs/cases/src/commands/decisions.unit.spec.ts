import { describe, expect, it } from '@jest/globals';
import { ask, event, given, worker } from '../../../../test/support/case-specification.js';
import {
  assessed,
  decided,
  document,
  member,
  openCase,
  step,
  submitted,
} from '../../../../test/support/case-stories.js';

const views = (more: object) => ({ views: { sought: 'language' as const, followed: true, said: 'words', ...more } });

describe('a gatekeeping decision', () => {
  it('keeps codes in clear and all words sealed', () => {
    const { outcome } = given(...submitted()).when(decided({ decisionId: 'd' }));
    expect(outcome).toMatchObject({
      events: [
        {
          type: 'DecisionRecorded',
          data: {
            decisionId: 'd',
            document: 'GK_DECISION',
            options: [
              { option: 'kin', reasonGiven: true },
              { option: 'facility', reasonGiven: false },
            ],
            views: { sought: 'language', followed: true },
          },
          sealed: { narrative: { reasons: 'best for the child', views: { said: 'wants to live with the aunt' } } },
        },
        { type: 'DeadlineArmed', data: { definition: 'D_NOTICE', subject: 'd' } },
      ],
    });
  });

  it('is refused for everything that is wrong with it', () => {
    given(...submitted(), decided({ decisionId: 'd' }))
      .when(
        decided(
          { decisionId: 'd', outcome: 'MAYBE', reasons: ' ', reasonCode: 'her words', ...views({ said: '' }) },
          {
            actor: worker,
          },
        ),
      )
      .thenRefused(
        'NotFound outcome',
        'RoleNotAllowed G1',
        'NotFound decision.reasonCode',
        'FieldInvalid decision.reasons',
        'ViewsMissing decision.views',
        'AlreadyExists decisionId',
      );
    given(...submitted())
      .when(decided({ gate: 'G9' }))
      .thenRefused('NotFound gate');
  });

  it('needs an enrolled case', () => {
    given(ask('OpenCase', { code: 'K', personId: 'p', agency: 'osvy', synthetic: true }))
      .when(decided())
      .thenConflict('WrongState enrolment');
  });

  it('is never taken with the vote of anybody in conflict of interest, nor by them: they find no case', () => {
    const conflict = (ref: string) =>
      ask('DeclareConflict', { conflictId: ref, subject: 'person' as const, ref, reason: 'related' });
    given(...submitted(), conflict('member-1'))
      .when(decided())
      .thenRefused('ConflictOfInterest member-1');
    given(...submitted(), conflict('pdosvy'))
      .when(decided())
      .thenUnknown('NotFound case');
    given(...submitted(), conflict('member-1'))
      .when(decided({ members: [member('chair-1', true), { ...member('member-1'), vote: 'none' }] }))
      .thenAmongOthers(event('DecisionRecorded'));
  });
});

describe("the child's views before a decision", () => {
  it('show what was said, whether it is followed, and if not, why', () => {
    const waiting = given(...submitted());
    waiting.when(decided(views({ said: ' ' }))).thenRefused('ViewsMissing decision.views');
    waiting.when(decided({ views: { sought: 'play', said: 'words' } })).thenRefused('ViewsMissing decision.views');
    waiting.when(decided(views({ followed: false }))).thenRefused('ViewsMissing decision.views');
    waiting
      .when(decided(views({ followed: false, whyNotFollowed: 'not safe there' })))
      .thenAmongOthers(event('DecisionRecorded'));
    waiting.when(decided({ views: { sought: 'not_applicable' } })).thenRefused('ViewsMissing decision.views');
  });

  it('may be on record already', () => {
    given(...submitted(), document('CHILD_VIEWS'))
      .when(decided({ views: { sought: 'drawing', followed: true } }))
      .thenAmongOthers(event('DecisionRecorded'));
  });

  it('may follow later in immediate danger only', () => {
    const later = decided({ views: { sought: 'later' } });
    given(...submitted())
      .when(later)
      .thenRefused('ViewsMissing decision.views');
    given(...assessed(), step('T02', { reason: 'threatened' }))
      .when(later)
      .thenAmongOthers(event('DecisionRecorded'));
  });

  it('are not asked for where an authority decides', () => {
    given(openCase())
      .when(decided({ gate: 'G2', outcome: 'ORDERED', views: { sought: 'not_applicable' } }, { actor: worker }))
      .then(event('DecisionRecorded', { document: 'REVIEW_REPORT' }));
  });
});
