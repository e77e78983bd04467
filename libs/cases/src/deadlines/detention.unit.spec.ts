import { describe, expect, it } from '@jest/globals';
import { plus, type Instant } from '#libs/calendar';
import type { Story } from '../../../../test/support/case-specification.js';
import { document, facts, note, step } from '../../../../test/support/case-stories.js';
import { clock, held, liberty, rungs, watched } from '../../../../test/support/custody-stories.js';
import { local } from '../../../../test/support/phnom-penh.js';

const detained = (ageAtOffence: number, offenceClass: string, at: Instant): Story =>
  held('PRETRIAL_DETENTION', { ageAtOffence, offenceClass }, at);

const dueAt = (story: Story, definition: string) => clock(story, definition)?.dueAt;

describe('SR-45: clocks of detention', () => {
  it.each<[number, string, string]>([
    [13, 'FEL', 'P0D'],
    [13, 'MISD', 'P0D'],
    [14, 'FEL', 'P4M'],
    [15, 'FEL', 'P4M'],
    [16, 'FEL', 'P6M'],
    [17, 'FEL', 'P6M'],
    [14, 'MISD', 'P2M'],
    [15, 'MISD', 'P2M'],
    [16, 'MISD', 'P4M'],
    [17, 'MISD', 'P4M'],
    [15, 'PETTY', 'P0D'],
    [17, 'PETTY', 'P0D'],
  ])('at %i years, %s: pre-trial detention lasts %s at most', (age, offenceClass, length) => {
    const from = local('2026-03-02', '09:00');
    expect(dueAt(detained(age, offenceClass, from), 'DB19')).toBe(plus(from, length, 'Asia/Phnom_Penh'));
  });

  it.each([
    ['2026-08-31', '16:30', '2027-02-28'],
    ['2027-08-31', '16:30', '2028-02-29'],
    ['2027-08-29', '16:30', '2028-02-29'],
    ['2028-02-29', '16:30', '2028-08-29'],
  ])(
    'six months from %s %s end on %s at the same hour: a month that is too short ends the term, a leap day or not',
    (from, time, to) => {
      const story = detained(17, 'FEL', local(from, time));
      expect(dueAt(story, 'DB19')).toBe(local(to, time));
      expect(dueAt(story, 'DB22')).toBe(local(to, time));
    },
  );

  it('two weeks, and 24 hours, pass over the leap day as over any other', () => {
    const story = detained(15, 'MISD', local('2028-02-16', '10:00'));
    expect(dueAt(story, 'DB20')).toBe(local('2028-03-01', '10:00'));
    expect(dueAt(story.and(note('LAWFULNESS_REVIEW', { at: local('2028-02-29', '10:00') })), 'DB20')).toBe(
      local('2028-03-14', '10:00'),
    );
    const custody = held('POLICE_CUSTODY', { ageAtOffence: 15, offenceClass: 'MISD' }, local('2028-02-28', '20:00'));
    expect(dueAt(custody, 'DB01')).toBe(local('2028-02-29', '20:00'));
  });

  it('the alarms of a review ring 7 days, 6 hours and 2 hours before, and when it is missed', () => {
    const from = local('2028-02-16', '10:00');
    const moments = ['2028-02-23T10:00', '2028-03-01T04:00', '2028-03-01T08:00', '2028-03-01T10:00'];
    const at = moments.map((moment) => local(...(moment.split('T') as [string, string])));
    const justBefore = at.map((moment) => plus(moment, '-PT1S', 'Asia/Phnom_Penh'));
    const story = watched(detained(15, 'MISD', from), 'DB20', [...at, ...justBefore].toSorted());
    expect(rungs(story, 'DB20').map((rung) => [rung.at, rung.records])).toEqual([
      [at[0], undefined],
      [at[1], undefined],
      [at[2], undefined],
      [at[3], 'LEGAL_LIMIT_EXCEEDED'],
    ]);
  });
});

describe('SR-45: the class of the offence changes midway', () => {
  const from = local('2026-03-02', '09:00');
  const reclassified = (story: Story, offenceClass: string, at: Instant) => story.and(facts({ offenceClass }, { at }));

  it('from felony to misdemeanour: the shorter limit counts from the same beginning, and the event says why', () => {
    const story = reclassified(detained(15, 'FEL', from), 'MISD', local('2026-04-01', '09:00'));
    expect(dueAt(story, 'DB19')).toBe(local('2026-05-02', '09:00'));
    const types = story.history.slice(-3).map(({ event }) => event);
    expect(types).toMatchObject([
      { type: 'FactsRecorded', data: { facts: { offenceClass: 'MISD' } } },
      { type: 'DeadlineCancelled', data: { deadline: 'DB19.1', because: 'recomputed' } },
      { type: 'DeadlineArmed', data: { deadline: 'DB19.2', replaces: 'DB19.1', startedAt: from } },
    ]);
  });

  it('so late that the new limit has passed: it is exceeded at once', () => {
    const now = local('2026-06-15', '09:00');
    const story = watched(reclassified(detained(15, 'FEL', from), 'MISD', now), 'DB19', [now]);
    expect(clock(story, 'DB19')).toMatchObject({ status: 'armed', dueAt: local('2026-05-02', '09:00') });
    expect(rungs(story, 'DB19').map(({ records, action }) => records ?? action)).toContain('LEGAL_LIMIT_EXCEEDED');
  });

  it('in police custody, too, where alarms that rang are not rung again', () => {
    const custody = held('POLICE_CUSTODY', { ageAtOffence: 15, offenceClass: 'FEL' }, from);
    const after18Hours = watched(custody, 'DB01', [local('2026-03-03', '03:00')]);
    const story = reclassified(after18Hours, 'MISD', local('2026-03-03', '04:00'));
    expect(dueAt(story, 'DB01')).toBe(local('2026-03-03', '09:00'));
    const rung = watched(story, 'DB01', [local('2026-03-03', '04:00'), local('2026-03-03', '09:00')]);
    expect(rungs(rung, 'DB01').map(({ at, records }) => [at, records])).toEqual([
      [local('2026-03-03', '03:00'), undefined],
      [local('2026-03-03', '09:00'), undefined],
      [local('2026-03-03', '09:00'), 'LEGAL_LIMIT_EXCEEDED'],
    ]);
  });

  it('from misdemeanour to felony after the shorter limit was exceeded: what was exceeded stays on record', () => {
    const exceeded = watched(detained(15, 'MISD', from), 'DB19', [local('2026-05-04', '10:00')]);
    const story = reclassified(exceeded, 'FEL', local('2026-05-05', '09:00'));
    expect(dueAt(story, 'DB19')).toBe(local('2026-07-02', '09:00'));
    expect(rungs(story, 'DB19').map(({ records }) => records)).toContain('LEGAL_LIMIT_EXCEEDED');
  });
});

describe('SR-45: released and detained again', () => {
  const from = local('2026-03-02', '09:00');
  const released = (story: Story, at: Instant) => story.and(liberty('SUPERVISED_RELEASE', at));

  it('the release meets every clock of detention; the new detention has clocks of its own', () => {
    const free = released(detained(15, 'MISD', from), local('2026-03-10', '15:00'));
    for (const definition of ['DB19', 'DB20', 'DB22']) {
      expect(clock(free, definition)).toMatchObject({ status: 'met', inTime: true });
    }
    expect(watched(free, 'DB19', [local('2027-03-02', '09:00')]).history).toHaveLength(free.history.length);
    const again = free.and(liberty('PRETRIAL_DETENTION', local('2026-04-01', '08:00')));
    expect(clock(again, 'DB19')).toMatchObject({ deadline: 'DB19.2', dueAt: local('2026-06-01', '08:00') });
    expect(dueAt(again, 'DB20')).toBe(local('2026-04-15', '08:00'));
    expect(dueAt(again, 'DB22')).toBe(local('2026-10-01', '08:00'));
    expect(again.known().deadlines['DB19.1']).toMatchObject({ status: 'met', metAt: local('2026-03-10', '15:00') });
  });

  it('a first detention that was too long stays so, however short the second', () => {
    const free = released(detained(15, 'MISD', from), local('2026-05-02', '09:01'));
    const again = free.and(liberty('PRETRIAL_DETENTION', local('2026-05-03', '08:00')));
    const twice = released(again, local('2026-05-04', '08:00'));
    const { deadlines } = twice.known();
    expect([deadlines['DB19.1'], deadlines['DB19.2']]).toMatchObject([{ inTime: false }, { inTime: true }]);
  });

  it('another prison is no release: the clocks run on', () => {
    const moved = detained(15, 'MISD', from).and(liberty('PRETRIAL_DETENTION', local('2026-04-20', '08:00')));
    expect(clock(moved, 'DB19')).toMatchObject({ deadline: 'DB19.1', dueAt: local('2026-05-02', '09:00') });
  });

  it('police custody first: six months to the final decision count from its first hour', () => {
    const custody = held('POLICE_CUSTODY', { ageAtOffence: 15, offenceClass: 'MISD' }, from);
    const detention = custody.and(liberty('PRETRIAL_DETENTION', local('2026-03-03', '08:00')));
    expect(dueAt(detention, 'DB22')).toBe(local('2026-09-02', '09:00'));
    expect(dueAt(detention, 'DB19')).toBe(local('2026-05-03', '08:00'));
  });
});

describe('SR-45: the case ends while the child is still detained', () => {
  const from = local('2026-03-02', '09:00');
  const prosecutor = { id: 'prosecutor', roles: ['PROSECUTOR', 'SOCIAL_AGENT'], agency: 'court' };
  const declared = (guard: string) => ({ attestations: [{ guard, reason: 'seen' }] });

  it('by the end of the criminal case: the clocks run until the child is free', () => {
    const by = { actor: prosecutor, at: local('2026-04-01', '09:00') };
    const ended = detained(15, 'MISD', from).and(document('DISCONTINUANCE', by), step('B06', declared('B06.1'), by));
    for (const definition of ['DB19', 'DB20', 'DB22']) expect(clock(ended, definition)?.status).toBe('armed');
    const free = ended.and(liberty('AT_LIBERTY', local('2026-05-02', '10:00')));
    expect(clock(free, 'DB19')).toMatchObject({ status: 'met', inTime: false });
  });

  it('by the proof that this is an adult: the limits for minors never applied', () => {
    const by = { actor: prosecutor, at: local('2026-04-01', '09:00') };
    const adult = detained(15, 'MISD', from).and(
      document('INTAKE_REPORT', by),
      step('B01', {}, by),
      document('AGE_EVIDENCE', by),
      step('B05', declared('B05.1'), by),
    );
    for (const definition of ['DB19', 'DB20', 'DB22']) expect(clock(adult, definition)?.status).toBe('cancelled');
  });
});
