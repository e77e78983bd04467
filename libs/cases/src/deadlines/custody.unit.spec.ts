import { describe, expect, it } from '@jest/globals';
import type { Instant } from '#libs/calendar';
import { ask, event, START, supervisor, type Asked, type Story } from '../../../../test/support/case-specification.js';
import { after, contact, document, facts, note, risk, step, track } from '../../../../test/support/case-stories.js';
import { clock, held, liberty, rungs, watched, type Rung } from '../../../../test/support/custody-stories.js';

/** Hours that a child may be held: Code of Criminal Procedure 2007, Art. 96, for minors (pathways B.7, DB01). */
const limits: [age: number, offenceClass: string, hours: number][] = [
  ...[0, 10, 12, 13].flatMap((age): [number, string, number][] => [
    [age, 'FEL', 0],
    [age, 'MISD', 0],
    [age, 'PETTY', 0],
  ]),
  [14, 'FEL', 36],
  [14, 'MISD', 24],
  [14, 'PETTY', 0],
  [15, 'FEL', 36],
  [15, 'MISD', 24],
  [15, 'PETTY', 0],
  [16, 'FEL', 48],
  [16, 'MISD', 36],
  [16, 'PETTY', 0],
  [17, 'FEL', 48],
  [17, 'MISD', 36],
  [17, 'PETTY', 0],
];

const lawyer = ['SOCIAL_AGENT', 'LAWYER'];
const province = [...lawyer, 'PDOSVY_SUP'];
const prosecutor = [...province, 'PROSECUTOR'];

const alarm = (hours: number, recipients: string[], more: Partial<Rung> = {}): Rung => ({
  at: after({ hours }),
  recipients,
  records: undefined,
  action: undefined,
  ...more,
});

/** The ladder of the limits of law (pathways 1.4). Where no custody is allowed at all, nothing is left to warn of. */
const alarmsOf = (limit: number): Rung[] => [
  ...(limit === 0 ? [] : [alarm(limit / 2, lawyer), alarm(limit - 6, province), alarm(limit - 2, prosecutor)]),
  alarm(limit, prosecutor, { records: 'LEGAL_LIMIT_EXCEEDED' }),
  alarm(limit + 2, ['MOSVY_CPD', 'LAWYER'], { action: 'DUTY_OFFICER_ACTS' }),
  alarm(limit + 24, ['MOSVY_CPD'], { records: 'BREACH_REGISTER' }),
];

const justBefore = (hours: number): Instant => new Date(Date.parse(after({ hours })) - 1).toISOString();

/** Looked at a moment before each full hour and at it, until nothing more can come. */
const everyHour = (limit: number): Instant[] =>
  Array.from({ length: limit + 26 }, (_, hours) => [justBefore(hours), after({ hours })]).flat();

const inCustody = (age: number, offenceClass: string): Story =>
  held('POLICE_CUSTODY', { ageAtOffence: age, offenceClass });

describe('SR-46: police custody by age and class of the offence', () => {
  it.each(limits)(
    'at %i years, %s: %i hours; every alarm rings at its own moment, once',
    (age, offenceClass, limit) => {
      const story = inCustody(age, offenceClass);
      expect(clock(story, 'DB01')).toMatchObject({ dueAt: after({ hours: limit }), confirmed: false });
      expect(rungs(watched(story, 'DB01', everyHour(limit)), 'DB01')).toEqual(alarmsOf(limit));
    },
  );

  it.each(limits)(
    'at %i years, %s: free before or at hour %i is in time, a minute later is not',
    (age, offenceClass, limit) => {
      const freeAt = (minutes: number) => {
        const at = after({ hours: limit, minutes });
        return clock(inCustody(age, offenceClass).and(liberty('AT_LIBERTY', at)), 'DB01');
      };
      if (limit > 0) expect(freeAt(-1)).toMatchObject({ status: 'met', inTime: true });
      expect(freeAt(0)).toMatchObject({ status: 'met', inTime: true });
      expect(freeAt(1)).toMatchObject({ status: 'met', inTime: false });
    },
  );

  it.each([
    ['age', { offenceClass: 'FEL' }],
    ['class', { ageAtOffence: 17 }],
    ['age and class', {}],
  ])('while the %s is not known, the shortest limit that may apply holds: 24 hours', (_, known) => {
    expect(clock(held('POLICE_CUSTODY', known), 'DB01')?.dueAt).toBe(after({ hours: 24 }));
  });

  it('before pre-trial detention, too: who is handed on to the court an hour late was held an hour too long', () => {
    const handedOn = inCustody(15, 'MISD').and(liberty('PRETRIAL_DETENTION', after({ hours: 25 })));
    expect(clock(handedOn, 'DB01')).toMatchObject({ status: 'met', inTime: false });
  });
});

const anHourTooLong = after({ hours: 25 });

const silencing: [what: string, ...Asked[]][] = [
  ['a move to another post', track('LIBERTY', 'POLICE_CUSTODY', { at: anHourTooLong })],
  ['a note', note('CASE_NOTE', { at: anHourTooLong })],
  ['a visit', contact({}, { at: anHourTooLong })],
  ['papers', document('CUSTODY_RECORD', { at: anHourTooLong }), document('DETENTION_ORDER', { at: anHourTooLong })],
  ['an order of release that nobody carried out', document('RELEASE_ORDER', { at: anHourTooLong })],
  [
    'a confirmation',
    facts({ representativeNotified: 'NOTIFIED', socialAgentAcknowledged: true }, { at: anHourTooLong }),
  ],
  [
    'an appearance in court',
    facts({ firstAppearanceAt: anHourTooLong, chargedAt: anHourTooLong }, { at: anHourTooLong }),
  ],
  ['another level of risk', risk('low', { at: anHourTooLong })],
  ['the end of the criminal case', ...endOfCase()],
];

function endOfCase(): Asked[] {
  const officer = { actor: { id: 'officer', roles: ['JPO'], agency: 'police' }, at: anHourTooLong };
  const attestations = [{ guard: 'B06.1', reason: 'none found' }];
  return [document('DISCONTINUANCE', officer), step('B06', { attestations }, officer)];
}

describe('SR-46: a limit that was exceeded', () => {
  const beyond = watched(inCustody(15, 'MISD'), 'DB01', everyHour(0).slice(0, 2 * 25));
  const rest = everyHour(24).filter((at) => at >= anHourTooLong);

  it.each(silencing)('is not silenced by %s', (_, ...attempt) => {
    const story = beyond.and(...attempt);
    expect(clock(story, 'DB01')).toMatchObject({ status: 'armed', dueAt: after({ hours: 24 }) });
    expect(rungs(watched(story, 'DB01', rest), 'DB01')).toEqual(alarmsOf(24));
  });

  it.each([23, 25])('gets no more time at hour %i, and no pause', (hours) => {
    const by = { actor: supervisor, at: after({ hours }) };
    const asked = { deadline: 'DB01.1', until: after({ hours: 36 }), reason: 'the prosecutor is away' };
    beyond.when(ask('ExtendDeadline', asked, by)).thenRefused('NotExtendable DB01.1');
    beyond.when(ask('PauseDeadline', asked, by)).thenRefused('NotPausable DB01.1');
  });

  it('is no guard that anybody could declare to hold', () => {
    for (const guard of ['DB01', 'DB01.1', 'LEGAL_LIMIT_EXCEEDED']) {
      const { outcome } = beyond.when(ask('AttestGuard', { guard, reason: 'all is well' }, { at: anHourTooLong }));
      expect(outcome.ok).toBe(false);
    }
  });

  it('stays on record when a later hour of arrival is told; that correction is on record as well', () => {
    const arrivedInCustodyAt = after({ hours: 10 });
    const corrected = beyond.and(facts({ arrivedInCustodyAt }, { at: anHourTooLong }));
    expect(clock(corrected, 'DB01')).toMatchObject({ status: 'armed', dueAt: after({ hours: 34 }) });
    expect(rungs(corrected, 'DB01').at(-1)).toMatchObject({ records: 'LEGAL_LIMIT_EXCEEDED' });
    expect(corrected.history.map((recorded) => recorded.event)).toContainEqual(
      expect.objectContaining(event('FactsRecorded', { facts: { arrivedInCustodyAt } })),
    );
    const exceeded = rungs(watched(corrected, 'DB01', everyHour(34)), 'DB01').filter(({ records }) => records);
    expect(exceeded.map(({ at, records }) => [at, records])).toEqual([
      [after({ hours: 24 }), 'LEGAL_LIMIT_EXCEEDED'],
      [after({ hours: 34 }), 'LEGAL_LIMIT_EXCEEDED'],
      [after({ hours: 58 }), 'BREACH_REGISTER'],
    ]);
  });

  it('is met late, for ever, by the release that follows', () => {
    const free = beyond.and(liberty('AT_LIBERTY', after({ hours: 30 })));
    expect(clock(free, 'DB01')).toMatchObject({ status: 'met', inTime: false, metAt: after({ hours: 30 }) });
    expect(rungs(watched(free, 'DB01', everyHour(24)), 'DB01')).toEqual(alarmsOf(24).slice(0, 4));
  });

  it('counted from the start of custody, not from when it was told: told after 3 days, all of it rings at once', () => {
    const told = { at: START, recordedAt: after({ days: 3 }) };
    const story = held(
      'POLICE_CUSTODY',
      { ageAtOffence: 15, offenceClass: 'MISD' },
      START,
      liberty('AT_LIBERTY', START),
    );
    const late = watched(story.and(track('LIBERTY', 'POLICE_CUSTODY', told)), 'DB01', [after({ days: 3 })]);
    expect(rungs(late, 'DB01').map(({ records, action }) => records ?? action)).toEqual([
      'LEGAL_LIMIT_EXCEEDED',
      'DUTY_OFFICER_ACTS',
      'BREACH_REGISTER',
    ]);
  });
});
