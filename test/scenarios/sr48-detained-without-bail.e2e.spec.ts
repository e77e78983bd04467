import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { justiceCast } from '../support/justice-cast.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

interface Watchlist {
  watchlist: string;
  title: { en: string; km: string };
  meaning: { en: string };
  confirmed: boolean;
  cases: number;
}

let program: Program;
let caseId: string;
let agent: CaseHand;
let watch: CaseWatch;

const watchlists = async (staff: string) =>
  Object.fromEntries(
    (await program.as(staff).get<Watchlist[]>('/supervision/watchlists')).map(({ watchlist, cases }) => [
      watchlist,
      cases,
    ]),
  );
const listed = async (staff: string, watchlist: string) =>
  (await program.as(staff).get<{ items: { caseId: string; since: string }[] }>(`/supervision/watchlists/${watchlist}`))
    .items;

/** A Monday: a boy of 15 is found in a prison by those who visit it. */
beforeAll(async () => {
  program = await startProgram(local('2026-06-01', '09:00'), justiceCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'សុភ័ក្រ', birthDate: '2011-02-10' };
  const child = { sex: 'male', identity, province: '08', synthetic: true };
  const { id: personId } = await program.as('agent').post('/persons', child);
  const facts = { offenceClass: 'MISD', ageAtOffence: 15, onTrial: false };
  const keeper = { agency: 'PDOSVY-08', owner: 'agent', province: '08' };
  const opened = { personId, pathway: 'B_DIVERSION', ...keeper, facts, synthetic: true };
  caseId = (await program.as('agent').post('/cases', opened)).id;
  agent = new CaseHand(program.as('agent'), caseId);
  watch = new CaseWatch(program, caseId);
  await agent.track('LIBERTY', 'PRETRIAL_DETENTION', { authority: 'COURT-08', place: 'PRISON-08' });
});
afterAll(() => program.stop());

describe('a boy of 15 in pre-trial detention, whom nobody has helped yet', () => {
  it('SR-50: is at once among those who were never screened for diversion', async () => {
    expect(await listed('province', 'NEVER_SCREENED')).toMatchObject([{ caseId, since: local('2026-06-01', '09:00') }]);
    expect(await watchlists('province')).toMatchObject({ NEVER_SCREENED: 1, NO_LAWYER: 0, NO_BAIL_APPLICATION: 0 });
  });

  it('SR-47: is on the list of those without a lawyer after 12 hours, and not a minute before', async () => {
    await program.advanceTo(local('2026-06-01', '20:59'));
    expect(await listed('province', 'NO_LAWYER')).toEqual([]);
    await program.advanceTo(local('2026-06-01', '21:00'));
    expect(await listed('province', 'NO_LAWYER')).toMatchObject([{ caseId, since: local('2026-06-01', '21:00') }]);
    expect(await listed('agent-elsewhere', 'NO_LAWYER')).toEqual([]);
    await agent.track('LAWYER', 'ASSIGNED');
    await agent.track('LAWYER', 'MET_CHILD');
    expect(await listed('province', 'NO_LAWYER')).toEqual([]);
  });

  it('SR-48: no bail applied for by day 7: lawyer and supervisor are told, and he is on the list', async () => {
    await program.advanceTo(local('2026-06-08', '08:59'));
    expect(await listed('province', 'NO_BAIL_APPLICATION')).toEqual([]);
    await program.advanceTo(local('2026-06-08', '09:00'));
    const told = await watch.told('DB23');
    expect(told.at(-1)).toEqual([local('2026-06-08', '09:00'), 'agent', 'lawyer', 'prosecutor', 'province']);
    expect(await watch.deadline('DB23')).toMatchObject({ status: 'overdue', confirmed: false });
    expect(await listed('province', 'NO_BAIL_APPLICATION')).toMatchObject([{ caseId }]);
    const breaches = await program
      .as('province')
      .get<{ meaning: { en: string }; items: { definition: string; metAt: string | null }[] }>(
        '/supervision/legal-limit-breaches',
      );
    expect(breaches.items).toMatchObject([{ definition: 'DB23', metAt: null }]);
    expect(breaches.meaning.en).toMatch(/Limits of law/);
  });

  it('once bail is applied for, he is off the list; the breach stays a breach', async () => {
    await program.advance('PT1H');
    await agent.track('BAIL', 'APPLIED');
    expect(await listed('province', 'NO_BAIL_APPLICATION')).toEqual([]);
    const { items } = await program
      .as('province')
      .get<{ items: { definition: string; metAt: string | null }[] }>('/supervision/legal-limit-breaches');
    expect(items).toMatchObject([{ definition: 'DB23', metAt: program.now() }]);
  });

  it('SR-45: nationwide he is one of too few to be counted', async () => {
    const [report] = await program
      .as('ministry')
      .get<{ children: number | null; pretrial: number | null; share: number | null; meaning: { en: string } }[]>(
        '/statistics/pre-trial-detention',
      );
    expect(report).toMatchObject({ children: null, pretrial: null, share: null });
    expect(report?.meaning.en).toMatch(/under 18 at the alleged offence, whatever the age now/);
  });
});
