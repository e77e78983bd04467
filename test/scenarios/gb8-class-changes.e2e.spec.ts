import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseWatch } from '../support/case-watch.js';
import { justiceCast } from '../support/justice-cast.js';
import { heldByPolice, notified, registered, type JusticeCase } from '../support/justice-stories.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let boy: JusticeCase;
let watch: CaseWatch;

const arrived = local('2026-05-04', '08:00');
const exceeded = async () =>
  (await boy.agent.timeline()).filter(
    ({ data }) => data['definition'] === 'DB01' && data['records'] === 'LEGAL_LIMIT_EXCEEDED',
  );

/** A Monday morning: a boy of 17 is arrested for a robbery, a felony. */
beforeAll(async () => {
  program = await startProgram(arrived, justiceCast);
  const facts = { arrestedAt: local('2026-05-04', '07:30'), offenceClass: 'FEL', ageAtOffence: 17 };
  boy = await notified(program, { givenNameKm: 'កុសល', birthDate: '2008-12-01', facts });
  watch = new CaseWatch(program, boy.caseId);
  await heldByPolice(boy);
  await registered(boy);
});
afterAll(() => program.stop());

describe('G-B8: while a boy of 17 is held, the felony turns out to be a misdemeanour', () => {
  it('for a felony he may be held for 48 hours', async () => {
    expect(await watch.occurrences('DB01')).toMatchObject([{ status: 'due', dueAt: local('2026-05-06', '08:00') }]);
    await program.advanceTo(local('2026-05-05', '09:00'));
    expect(await watch.told('DB01')).toEqual([[local('2026-05-05', '08:00'), 'agent', 'lawyer']]);
  });

  it('for a misdemeanour 36: the clock is worked out again from his arrival, not from the change', async () => {
    await boy.atCourt.facts({ offenceClass: 'MISD' });
    expect(await watch.occurrences('DB01')).toMatchObject([
      { deadline: 'DB01.2', status: 'due', startedAt: arrived, dueAt: local('2026-05-05', '20:00') },
      { deadline: 'DB01.1', status: 'cancelled' },
    ]);
  });

  it('the history explains it: who changed the class, what was cancelled and why, and what took its place', async () => {
    const timeline = await boy.agent.timeline();
    const changed = timeline.findIndex(
      ({ type, data }) => type === 'FactsRecorded' && JSON.stringify(data).includes('MISD'),
    );
    expect(timeline[changed]).toMatchObject({ by: 'prosecutor', occurredAt: local('2026-05-05', '09:00') });
    const after = timeline.slice(changed).filter(({ data }) => data['definition'] === 'DB01');
    expect(after.map(({ type, data }) => [type, data['deadline'], data['because'] ?? data['replaces']])).toEqual([
      ['DeadlineCancelled', 'DB01.1', 'recomputed'],
      ['DeadlineArmed', 'DB01.2', 'DB01.1'],
    ]);
  });

  it('the new limit has its own alarms, and is exceeded when nobody lets him go', async () => {
    await program.advanceTo(local('2026-05-05', '20:30'));
    const told = (await watch.told('DB01.2')).map(([at]) => at);
    expect(told).toEqual(['14:00', '18:00', '20:00'].map((time) => local('2026-05-05', time)));
    expect(await exceeded()).toMatchObject([{ occurredAt: local('2026-05-05', '20:00') }]);
  });

  it('turned back into a felony it gives him more time on paper; the breach stays', async () => {
    await program.advanceTo(local('2026-05-05', '21:00'));
    await boy.atCourt.facts({ offenceClass: 'FEL' });
    expect(await watch.deadline('DB01')).toMatchObject({ deadline: 'DB01.3', dueAt: local('2026-05-06', '08:00') });
    expect(await exceeded()).toHaveLength(1);
    await boy.officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'COURT-08' });
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'met', inTime: true });
  });
});
