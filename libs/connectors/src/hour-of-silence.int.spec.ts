import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startOscar, type SimulatedOscar } from '../../../test/simulators/oscar/start-oscar.js';
import { startPrimero, type SimulatedPrimero } from '../../../test/simulators/primero/start-primero.js';
import { ExchangeDesk } from './exchange-desk.spec.js';

const secret = 'not-a-real-one';
const users = ['spean', 'mgrsr', 'agency-tpo-user'].map((name) => ({
  ...{ user_name: name, password: secret, agency: 'agency-tpo' },
}));

let desk: ExchangeDesk;
let primero: SimulatedPrimero;
let oscar: SimulatedOscar;
/** Cases with a referral to the organisation that uses Primero: one asked before the silence, the others in it. */
const asked: { caseId: string; referralId: string }[] = [];
/** Minutes from asking an organisation that uses OSCaR until it knew. */
const waits: number[] = [];

beforeAll(async () => {
  desk = await ExchangeDesk.open();
  const { clock } = desk;
  primero = await startPrimero({ clock, seed: 3, users });
  oscar = await startOscar({
    ...{ clock, seed: 4, agencies: [{ id: 1, full_name: 'One', short_name: 'cif', integrated: true }] },
    users: [
      {
        ...{ id: 1, email: 'spean', password: secret, first_name: 'External', last_name: 'System' },
        system: 'MoSVY External System',
      },
    ],
  });
  const serves = (...agencies: string[]) => ({ agencies, provinces: ['17'] });
  desk.connect([
    desk.target({
      ...{ id: 'mosvy', system: 'primero', url: primero.url, serves: serves('tpo') },
      users: { tpo: 'agency-tpo-user' },
    }),
    desk.target({ id: 'oscar', system: 'oscar', url: oscar.url, serves: serves('cif') }),
  ]);
});
afterAll(async () => {
  await Promise.all([primero.close(), oscar.close()]);
  await desk.close();
});

/** What the worker does by itself, minute by minute. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    desk.clock.advance('PT1M');
    await desk.send();
    await desk.exchange.pullOnce();
    await desk.send();
  }
}

async function askTpo(): Promise<void> {
  const caseId = await desk.openCase();
  for (const recipient of ['primero', 'tpo']) await desk.consent(caseId, recipient);
  for (const giver of ['child', 'caregiver'] as const) {
    const consent = { kind: 'CONSENT_SERVICES', manner: 'thumbprint', language: 'km' } as const;
    await desk.execute(caseId, 'GiveConsent', { ...consent, consentId: randomUUID(), giver });
  }
  asked.push({ caseId, referralId: await desk.refer(caseId, 'tpo') });
}

async function askCif(): Promise<void> {
  const caseId = await desk.openCase();
  await desk.consent(caseId, 'cif');
  await desk.refer(caseId, 'cif');
  for (let waited = 0; waited < 5; waited += 1) {
    await minutes(1);
    if (oscar.state.referrals.some(({ external_id: id }) => id === caseId)) return void waits.push(waited + 1);
  }
}

const writes = () =>
  primero.requests.filter(({ method, status }) => method !== 'GET' && status !== undefined && status < 300);

describe('a Primero that is away for an hour', () => {
  let requestsBefore: number;
  let theirs: string;

  it('hears of a referral before', async () => {
    await askTpo();
    await minutes(1);
    expect(primero.state.transitionsOf(asked[0]!.caseId)).toMatchObject([{ status: 'in_progress' }]);
  });

  it('does not hold up the OSCaR, whose referrals go out within a minute or two', async () => {
    primero.faults.down = true;
    requestsBefore = primero.requests.length;
    for (let round = 0; round < 6; round += 1) {
      await askTpo();
      await askCif();
      // Its people go on working all the same, and we change our mind about one.
      if (round === 1) primero.staff.acceptReferral('agency-tpo-user', asked[0]!.caseId, transitionOf(0).id);
      if (round === 2) theirs = primero.staff.openCase('mgrsr', { name_first: 'Dara', name_last: 'Chea' }).id;
      if (round === 4) {
        const { caseId, referralId } = asked[2]!;
        await desk.execute(caseId, 'RevokeReferral', { referralId, reason: 'OTHER' });
      }
      await minutes(9);
    }
    expect(waits).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('is asked now and then, and not for every case', () => {
    expect(primero.requests.length - requestsBefore).toBeLessThan(40);
  });

  it('has everything without help when it is back', async () => {
    primero.faults.down = false;
    await minutes(20);
    expect(await desk.owed()).toEqual([]);
    const statuses = asked.map(({ caseId }) => primero.state.transitionsOf(caseId).map(({ status }) => status));
    expect(statuses).toEqual([
      ['accepted'],
      ['in_progress'],
      // Sent and taken back while nobody heard.
      [],
      ...Array.from({ length: 4 }, () => ['in_progress']),
    ]);
  });

  it('is told of each referral in order: the case, then the referral, then the rest', () => {
    for (const { caseId } of asked.slice(3)) {
      const about = writes().filter(({ url, body }) => url.includes(caseId) || body?.includes(caseId));
      expect(about.map(({ method, url }) => `${method} ${url.replace(caseId, ':id')}`).slice(0, 2)).toEqual([
        'POST /api/v2/cases',
        'POST /api/v2/cases/:id/referrals',
      ]);
    }
  });

  it('has told us what happened there meanwhile', async () => {
    const rows = await desk.rows<{ state: string }>('SELECT state FROM referrals WHERE referral_id = $1', [
      asked[0]!.referralId,
    ]);
    expect(rows).toEqual([{ state: 'ACCEPTED' }]);
    expect(await desk.rows('SELECT FROM case_summary WHERE stream_id = $1', [theirs])).toHaveLength(1);
  });
});

const transitionOf = (index: number) => primero.state.transitionsOf(asked[index]!.caseId)[0]!;
