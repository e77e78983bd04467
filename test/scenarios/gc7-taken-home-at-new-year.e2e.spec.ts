import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { parseInstant } from '#libs/calendar';

import { FacilityHand } from '../support/facility-hand.js';
import { Homecoming } from '../support/homecoming.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { reintegrationCast } from '../support/reintegration-cast.js';

let program: Program;
let facility: FacilityHand;
let girl: Homecoming;
let sister: Homecoming;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const until = (day: string, time: string) => program.advanceTo(local(day, time));
const hold = { reasonCode: 'UNPLANNED_EXIT', occurredAt: local('2026-04-13', '08:00') };

/** Before Khmer New Year, 14 to 16 April: two sisters live in a facility, and their family is being assessed. */
beforeAll(async () => {
  program = await startProgram(local('2026-04-06', '09:00'), reintegrationCast);
  const register = { code: 'RCF-17', type: 'RCI', district: '1701', state: 'AUTHORISED', capacity: 40 };
  await program.as('province').post('/facilities', { ...register, province: '17', synthetic: true });
  facility = new FacilityHand(program.as('province'), 'RCF-17');
  girl = await Homecoming.of(program, { sex: 'female', givenNameKm: 'រតនា', birthDate: '2014-08-20' });
  sister = await Homecoming.of(program, { sex: 'female', givenNameKm: 'មករា', birthDate: '2017-01-15' });
  for (const child of [girl, sister]) await child.assessed();
});
afterAll(() => program.stop());

describe('G-C7: for Khmer New Year two sisters are taken home, and do not come back', () => {
  it('only a supervisor puts the case on hold, and says why', async () => {
    await until('2026-04-17', '09:00');
    expect(await facility.residents()).toHaveLength(2);
    expect(await refused(girl.worker.take('C28', hold))).toEqual(['RoleNotAllowed C28']);
    expect(await refused(girl.lead.take('C28'))).toEqual(['GuardUnmet C28.1']);
    await girl.lead.take('C28', hold);
    expect(await girl.worker.state()).toBe('ON_HOLD');
  });

  it('she left when she left, on the eve of the holidays; the assessment waits, a visit within seven days does not', async () => {
    expect(await facility.residents()).toEqual([sister.caseId]);
    expect((await facility.view()).occupancy).toBe(1);
    expect((await facility.view(local('2026-04-12', '12:00'))).occupancy).toBe(2);
    expect(await girl.watch.deadline('DC05')).toMatchObject({ status: 'cancelled' });
    expect(await girl.watch.deadline('DC15')).toMatchObject({
      status: 'due',
      startedAt: local('2026-04-13', '08:00'),
      dueAt: endOf('2026-04-20'),
      ladder: 'L_SAFETY',
    });
  });

  it('holidays are no pause: half the time was over when it was told, and two hours before the end all know', async () => {
    await until('2026-04-20', '22:30');
    expect(await girl.watch.told('DC15')).toEqual([[parseInstant('2026-04-20T21:59:59+07:00'), 'lead', 'worker']]);
  });

  it('without a visit the case does not go on; with one, on the last day, it does, and was in time', async () => {
    await girl.worker.document('RISK_SCREEN');
    expect(await refused(girl.worker.take('C29'))).toEqual(['GuardUnmet C29.1']);
    const phone = { occurredAt: local('2026-04-20', '09:00') };
    await girl.worker.contact('PHONE', phone);
    expect(await refused(girl.worker.take('C29'))).toEqual(['GuardUnmet C29.1']);
    await girl.worker.contact('HOME_VISIT', {
      occurredAt: local('2026-04-20', '16:00'),
      text: 'At the mother’s house',
    });
    expect(await girl.watch.deadline('DC15')).toMatchObject({ status: 'met', inTime: true, recordedLate: false });
    await girl.worker.take('C29');
    expect(await girl.worker.state()).toBe('ASSESSMENT');
  });

  it('she is assessed anew where she is: a month at low risk, and no place is kept for her in the facility', async () => {
    expect(await girl.watch.deadline('DC05')).toMatchObject({ status: 'due', dueAt: endOf('2026-05-20') });
    expect(await facility.residents()).toEqual([sister.caseId]);
    await girl.beforeThePanel();
    expect(await girl.worker.state()).toBe('GATEKEEPING');
  });
});

describe('her little sister, of whom it is told that the father drinks', () => {
  it('at high risk somebody must come within 24 hours, holidays or not', async () => {
    await sister.worker.risk('high', 'The neighbours hear her cry');
    await sister.lead.take('C28', { reasonCode: 'UNPLANNED_EXIT' });
    const left = program.now();
    expect(await sister.watch.deadline('DC15')).toMatchObject({ status: 'due', startedAt: left });
    await program.advance('PT24H');
    expect(await sister.watch.deadline('DC15')).toMatchObject({ status: 'overdue', dueAt: program.now() });
    expect((await sister.watch.tasks('lead', 'overdue')).map(({ definition }) => definition)).toContain('DC15');
    expect((await facility.view()).occupancy).toBe(0);
  });

  it('what the visit finds is danger: she is protected at once, not put back', async () => {
    await program.advance('PT2H');
    await sister.worker.contact('HOME_VISIT', { seenAlone: true });
    expect(await sister.watch.deadline('DC15')).toMatchObject({ status: 'met', inTime: false });
    await sister.worker.documents('ALLEGATION', 'RISK_SCREEN');
    await sister.worker.take('C02');
    expect(await sister.worker.state()).toBe('URGENT_PROTECTION');
    expect(await sister.watch.deadline('DC03')).toMatchObject({ status: 'due' });
  });
});
