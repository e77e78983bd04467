import { describe, expect, it } from '@jest/globals';
import type { DecisionInput } from '../commands.js';
import {
  anybody,
  ask,
  chair,
  event,
  given,
  storyIn,
  worker,
  type Circumstances,
} from '../../../../test/support/case-specification.js';
import {
  assessed,
  decided,
  document,
  facts,
  member,
  openCase,
  step,
  submitted,
} from '../../../../test/support/case-stories.js';

const panel = [member('chair-1', true), member('member-2'), member('member-3')];

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
      .thenRefused('ConflictOfInterest member-1', 'QuorumMissing decision.members');
    given(...submitted(), conflict('pdosvy'))
      .when(decided())
      .thenUnknown('NotFound case');
    given(...submitted(), conflict('member-1'))
      .when(decided({ members: [...panel, { ...member('member-1'), vote: 'none' }] }))
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

describe('a panel', () => {
  const settled = (data: Partial<DecisionInput> = {}, when: Circumstances = {}) =>
    decided({ gate: 'G3', outcome: 'FAMILY', options: [], option: 'PARENTS', ...data }, when);
  const waiting = given(...submitted());
  const sits = (...members: DecisionInput['members']) => waiting.when(settled({ members }));
  const [first, second] = [member('m-1'), member('m-2')];

  it('decides when enough different people sit and vote, the chair among them', () => {
    sits(member('c', true), first, second).thenAmongOthers(event('DecisionRecorded', { gate: 'G3' }));
    sits(member('c', true), first, { ...second, vote: 'abstained' }).thenAmongOthers(event('DecisionRecorded'));
    for (const members of [
      [member('c', true), first],
      [member('c', true), first, first],
      [member('m-3'), first, second],
      [member('c', true), first, { ...second, vote: 'none' as const }],
      [{ ...member('c', true), vote: 'none' as const }, first, second],
    ])
      sits(...members).thenRefused('QuorumMissing decision.members');
  });

  it('is made of people who are in the directory, in roles they hold', () => {
    const directory = (id: string) => (id === 'stranger' ? undefined : anybody(id));
    const judged = storyIn({ staff: directory })(...submitted());
    judged.when(settled({ members: [...panel, member('stranger')] })).thenRefused('NotFound decision.members');
    judged
      .when(settled({ members: [...panel, { ...member('m-4'), agency: 'elsewhere' }] }))
      .thenRefused('NotFound decision.members');
    judged
      .when(settled({ members: [...panel, { ...member('m-4'), role: 'TRIAL_JUDGE' }] }))
      .thenRefused('RoleNotAllowed decision.members');
  });

  it('does not count the vote of the facility the child lives in', () => {
    const inFacility = given(...submitted(), facts({ facility: 'agency of m-1' }));
    inFacility
      .when(settled({ members: [member('c', true), first, second] }))
      .thenRefused('QuorumMissing decision.members');
    inFacility
      .when(settled({ members: [...panel, { ...first, vote: 'none' }] }))
      .thenAmongOthers(event('DecisionRecorded'));
  });

  it('is neither chaired, nor joined with a vote, by who submitted the case; they may speak', () => {
    waiting.when(settled({ members: [...panel, member(worker.id)] })).thenRefused('TwoPersonRule decision');
    waiting
      .when(settled({ members: panel }, { actor: { ...chair, id: worker.id } }))
      .thenRefused('TwoPersonRule decision');
    waiting
      .when(settled({ members: [...panel, { ...member(worker.id), vote: 'none' }] }))
      .thenAmongOthers(event('DecisionRecorded'));
  });

  it('decides where its gate is waited at, and nowhere else', () => {
    given(...assessed())
      .when(settled())
      .thenRefused('WrongState decision.gate');
  });

  it('does not sit for what must not wait', () => {
    waiting
      .when(settled({ outcome: 'ALONE', members: [] }))
      .thenAmongOthers(event('DecisionRecorded', { outcome: 'ALONE' }));
  });
});

describe('the options of a decision', () => {
  const chosen = (data: Partial<DecisionInput>) =>
    given(...submitted()).when(decided({ gate: 'G3', outcome: 'FAMILY', options: [], ...data }));
  const lastResort = {
    outcome: 'FACILITY',
    option: 'HOUSE',
    reasonCode: 'ILL',
    reviewOn: '2026-06-02',
    options: [
      { option: 'PARENTS', reason: 'not found yet' },
      { option: 'KIN', reason: 'none willing' },
    ],
  };

  it('are those of the gate, and one that belongs to the outcome is chosen', () => {
    chosen({}).thenRefused('OptionMissing decision.option');
    chosen({ option: 'HOUSE' }).thenRefused('OptionMissing decision.option');
    chosen({ option: 'PARENTS', options: [{ option: 'MARS' }] }).thenRefused('NotFound decision.options');
    chosen({ option: 'PARENTS' }).thenAmongOthers(event('DecisionRecorded', { option: 'PARENTS' }));
  });

  it('are considered in their order: family first, and each that is passed over has a reason', () => {
    chosen({ option: 'KIN' }).thenRefused('OptionNotConsidered decision.options.PARENTS');
    chosen({ option: 'KIN', options: [{ option: 'PARENTS', reason: ' ' }] }).thenRefused(
      'OptionNotConsidered decision.options.PARENTS',
    );
    chosen({ option: 'KIN', options: [{ option: 'PARENTS', reason: 'both abroad' }] }).thenAmongOthers(
      event('DecisionRecorded', { option: 'KIN' }),
    );
  });

  it('that are a last resort need a reason by its code and a day on which they are looked at again', () => {
    chosen(lastResort).thenAmongOthers(event('DecisionRecorded', { reviewOn: '2026-06-02' }));
    const { reasonCode: _, reviewOn: __, ...bare } = lastResort;
    chosen(bare).thenRefused('FieldInvalid decision.reasonCode', 'ReviewDateMissing decision.reviewOn');
    for (const reviewOn of ['2026-06-03', '2026-03-01', 'soon']) {
      chosen({ ...lastResort, reviewOn }).thenRefused('ReviewDateMissing decision.reviewOn');
    }
  });
});
