import type { Actor } from '#libs/cases';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '#libs/logging';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { fillDirectory } from '../../../test/support/directory.js';
import { FacilityDesk } from '../../../test/support/facility-desk.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { NotificationSweep, Notifier } from './index.js';

const clock = new VirtualClock('2026-03-16T02:00:00.000Z');
const due = '2026-03-23T16:59:59.000Z';

let fresh: FreshDatabase;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
  desk = await FacilityDesk.open(fresh, clock);
  await fillDirectory(fresh, {
    agencies: [
      { id: 'pdosvy-17', type: 'government', province: '17' },
      { id: 'osvy-1701', type: 'government', province: '17' },
      { id: 'RCF-1', type: 'facility', province: '17' },
    ],
    staff: [
      { id: 'province-1', agency: 'pdosvy-17', roles: ['PDOSVY_SUP'] },
      { id: 'field-1', agency: 'osvy-1701', roles: ['OSVY_SW'] },
      { id: 'lead-1', agency: 'osvy-1701', roles: ['NGO_SUP'] },
      // Whoever keeps the register by mistake gave an officer's role to somebody of the facility.
      { id: 'carer-1', agency: 'RCF-1', roles: ['PDOSVY_SUP', 'NGO_SUP', 'OSVY_SW'] },
    ],
  });
});
beforeEach(() => desk.spean.database.unitOfWork.run(desk.spean.context, (tx) => tx.send('', 'DELETE FROM inbox')));
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

async function notify(): Promise<void> {
  const { database, context } = desk.spean;
  const notifier = new Notifier({ database, context, clock, log: createLog('test', 'silent'), link: 'https://here/' });
  await new NotificationSweep(database, context, notifier, clock).sweepOnce();
}

const told = (streamId: string) =>
  desk.rows<{ recipient: string; subject: string }>(
    'SELECT recipient, subject FROM inbox WHERE stream_id = $1 ORDER BY version, recipient',
    [streamId],
  );

/** Says that a deadline's time has come. */
const program: Actor = { id: 'system', roles: ['SYSTEM'], agency: 'spean' };

describe('a notice about a facility', () => {
  it('reaches the province, and never the people of the facility itself, whoever was put down for it', async () => {
    const id = await desk.report('RCF-1', { agency: 'RCF-1', owner: 'carer-1' });
    clock.set(due);
    await desk.spean.commands.reachRungs({
      streamId: id,
      deadline: 'DC19.1',
      occurredAt: clock.now(),
      precision: 'moment',
      actor: { id: 'system', roles: ['SYSTEM'], agency: 'spean' },
      purpose: 'deadline',
      traceId: 'test',
    });
    await notify();
    const notices = await told(id);
    expect(new Set(notices.map(({ recipient }) => recipient))).toEqual(new Set(['province-1']));
    for (const { subject } of notices) expect(subject).toMatch(/RCF-1/);
  });
});

describe('a notice about a child', () => {
  it('reaches the people of the facility where the child lives only while no allegation stands', async () => {
    await desk.register('RCF-2');
    await fillDirectory(fresh, {
      agencies: [{ id: 'RCF-2', type: 'facility', province: '17' }],
      staff: [{ id: 'carer-2', agency: 'RCF-2', roles: ['RCF_SW'] }],
    });
    const theirs = { agency: 'RCF-2', owner: 'carer-2' };
    const [before, after] = [await desk.resident('RCF-2', {}, theirs), await desk.resident('RCF-2', {}, theirs)];
    const late = async (caseId: string) => {
      await desk.case(caseId, 'ReachRungs', { deadline: 'DC02.1' }, { actor: program });
      await notify();
      return (await told(caseId)).map(({ recipient }) => recipient);
    };
    clock.advance('P70D');
    expect(await late(before.caseId)).toContain('carer-2');
    await desk.accuse('RCF-2');
    expect(await late(after.caseId)).not.toContain('carer-2');
  });
});
