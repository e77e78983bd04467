import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, declared } from '../support/case-hand.js';
import { FacilityHand } from '../support/facility-hand.js';
import { refusal, type ProblemAnswer } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { registerCast } from '../support/register-cast.js';

interface Items<Item> {
  items: Item[];
}

interface Child {
  personId: string;
  caseId: string;
}

let program: Program;
let province: FacilityHand;
let sister: Child;
let brother: Child;
let accusationId: string;
let accusedAt: string;

const insiders = ['director', 'carer'];
const nobody = '0190a6f0-0000-7000-8000-00000000dead';
const synthetic = { province: '17', synthetic: true };
const until = (day: string, time: string) => program.advanceTo(local(day, time));
const hand = (staff: string, { caseId }: Child) => new CaseHand(program.as(staff), caseId);
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));

async function living(facility: string, owner: string): Promise<Child> {
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'ស្រីនិច', birthDate: '2012-06-01' };
  const { id: personId } = await program.as('province').post('/persons', { sex: 'female', identity, ...synthetic });
  const facts = { facilityId: facility, admission: 'EXISTING', schoolAge: true };
  const opened = { personId, pathway: 'C_REINTEGRATION', agency: facility, owner, facts, ...synthetic };
  const { id: caseId } = await program.as('province').post('/cases', opened);
  return { personId, caseId };
}

/** What each door of a case answers to somebody: nothing, where it opens. */
async function doors(staff: string, { personId, caseId }: Child): Promise<(number | undefined)[]> {
  const client = program.as(staff);
  const status = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (error: unknown) => (error as ProblemAnswer).problem.status,
    );
  const reads = [
    `/cases/${caseId}`,
    `/cases/${caseId}/next-steps`,
    `/cases/${caseId}/timeline`,
    `/cases/${caseId}/deadlines`,
    `/cases/${caseId}/referrals`,
    `/cases/${caseId}?asOf=${encodeURIComponent(local('2026-03-02', '12:00'))}`,
    `/persons/${personId}`,
  ];
  const note = client.post(`/cases/${caseId}/notes`, { kind: 'CASE_NOTE', text: 'Seen today' });
  return Promise.all([...reads.map((address) => client.get(address)), note].map(status));
}

/** On which of their lists somebody finds a child's case. */
async function lists(staff: string, { caseId }: Child): Promise<string[]> {
  const addresses = ['/worklists/mine', '/worklists/team', '/worklists/overdue', '/inbox'];
  const found: string[] = [];
  for (const address of addresses) {
    const { items } = await program.as(staff).get<Items<{ caseId: string | null }>>(`${address}?limit=100`);
    if (items.some((item) => item.caseId === caseId)) found.push(address);
  }
  return found;
}

const open = Array.from({ length: 8 }, () => undefined);
const shut = Array.from({ length: 8 }, () => 404);

/** Two siblings have lived for years in a facility that does well by its papers. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-02', '09:00'), registerCast);
  for (const code of ['RCF-17', 'RCF-18']) {
    const facility = { code, type: 'RCI', district: '1701', state: 'AUTHORISED', capacity: 40, ...synthetic };
    await program.as('province').post('/facilities', facility);
  }
  province = new FacilityHand(program.as('province'), 'RCF-17');
  await province.inspect('COMPLIANT', ['NONE']);
  [sister, brother] = [await living('RCF-17', 'carer'), await living('RCF-17', 'carer')];
});
afterAll(() => program.stop());

describe('G-C5: a girl tells that the director of the facility abuses her', () => {
  it('until then its people work with her case, and are reminded of what is due', async () => {
    await until('2026-04-30', '10:00');
    for (const staff of insiders) expect(await doors(staff, sister)).toEqual(open);
    expect(await lists('carer', sister)).toEqual(['/worklists/mine', '/worklists/team', '/inbox']);
    expect(await province.residents()).toEqual([sister.caseId, brother.caseId].toSorted());
  });

  it('with the word of a worker the facility is accused, and what she said is opened to nobody there', async () => {
    const text = 'She says that the director comes at night';
    accusedAt = program.now();
    ({ id: accusationId } = await new FacilityHand(program.as('worker'), 'RCF-17').accuse(text));
    for (const staff of insiders) expect(await doors(staff, sister)).toEqual(shut);
    const { accusations } = await province.view();
    expect(accusations).toMatchObject([{ accusationId, by: 'worker', text, cleared: null }]);
    expect((await new FacilityHand(program.as('neighbour'), 'RCF-17').view()).accusations).toEqual([]);
  });

  it('within the same second every door is shut to its people: to her case and to that of her brother', async () => {
    expect(program.now()).toBe(accusedAt); // nothing has to come round first
    for (const staff of insiders) {
      for (const child of [sister, brother]) {
        expect(await doors(staff, child)).toEqual(shut);
        expect(await lists(staff, child)).toEqual([]);
      }
    }
  });

  it('they are told no more than of a case that never was', async () => {
    const answer = async (asked: Promise<unknown>) => ({ ...(await refusal(asked)), traceId: '', instance: '' });
    const director = program.as('director');
    const real = await answer(director.get(`/cases/${sister.caseId}`));
    expect(real).toEqual(await answer(director.get(`/cases/${nobody}`)));
    const step = { transition: 'C01' };
    expect(await answer(director.post(`/cases/${sister.caseId}/transitions`, step))).toEqual(
      await answer(director.post(`/cases/${nobody}/transitions`, step)),
    );
  });

  it('of the facility itself they find nothing either', async () => {
    const own = new FacilityHand(program.as('director'), 'RCF-17');
    for (const asked of [
      own.view(),
      own.residents(),
      own.roster([]),
      own.accuse('It is all a lie'),
      own.move('CLOSED'),
    ]) {
      expect((await refusal(asked)).status).toBe(404);
    }
    for (const list of ['', '/tasks', '/possible-duplicates']) {
      expect(JSON.stringify(await program.as('director').get(`/facilities${list}`))).not.toContain('RCF-17');
    }
  });

  it('everybody else goes on working', async () => {
    for (const staff of ['officer', 'province']) expect(await doors(staff, sister)).toEqual(open);
    // Whoever told of it has no part in her case.
    expect(await doors('worker', sister)).toEqual(shut);
  });
});

describe('the children are protected at once', () => {
  it('danger is declared on her case, with the allegation on paper', async () => {
    const officer = hand('officer', sister);
    await officer.facts({ allegationConcernsFacility: true });
    expect(await refused(officer.take('C02'))).toEqual(['DocumentMissing ALLEGATION', 'DocumentMissing RISK_SCREEN']);
    await officer.documents('ALLEGATION', 'RISK_SCREEN');
    await officer.risk('high', 'She sleeps where he has the keys');
    await officer.take('C02');
    expect(await officer.state()).toBe('URGENT_PROTECTION');
    expect(await program.deadline(sister.caseId, 'DC03')).toMatchObject({
      status: 'due',
      dueAt: local('2026-05-01', '10:00'),
    });
  });

  it('half the time is over: her carer, who is responsible for the case, is passed over, and others are told', async () => {
    await until('2026-04-30', '22:30');
    const told = (await program.escalations(sister.caseId, 'DC03')).flatMap((rung) => rung.told);
    expect(told.length).toBeGreaterThan(0);
    for (const staff of insiders) expect(told).not.toContain(staff);
  });

  it('the same evening she moves to another facility, named in the plan; nobody new comes to hers', async () => {
    const officer = hand('officer', sister);
    expect(await refused(officer.take('C03', declared('C03.1')))).toEqual(['DocumentMissing SAFETY_PLAN']);
    await officer.document('SAFETY_PLAN', { text: 'She sleeps in another house tonight' });
    await officer.facts({ facilityId: 'RCF-18' });
    await officer.take('C03', declared('C03.1'));
    expect(await program.deadline(sister.caseId, 'DC03')).toMatchObject({ status: 'met', inTime: true });
    const { id: personId } = await program.as('officer').post('/persons', { sex: 'male', synthetic: true });
    const facts = { facilityId: 'RCF-17', admission: 'EMERGENCY' };
    const asked = program.as('officer').post('/cases', { personId, pathway: 'C_REINTEGRATION', ...synthetic, facts });
    expect(await refused(asked)).toEqual(['GuardUnmet FACTS.1']);
  });

  it('they do not see her again because she has left, and do not see who is found there only now', async () => {
    expect(await province.residents()).toEqual([brother.caseId]);
    const found = await living('RCF-17', 'carer');
    for (const staff of insiders) {
      expect(await doors(staff, sister)).toEqual(shut);
      expect(await doors(staff, found)).toEqual(shut);
    }
    expect(await doors('neighbour', sister)).toEqual(open);
  });

  it('the next day, a holiday, the province inspects and suspends the facility', async () => {
    await until('2026-05-01', '09:00');
    await province.inspect('SUSPENDED', ['ABUSE_SUSPECTED'], { text: 'The rooms of the girls have no locks' });
    expect(await province.state()).toBe('SUSPENDED');
    expect(await lists('carer', brother)).toEqual([]);
    await until('2026-05-04', '09:00');
    // What is due on the case of the brother, his carer, who is shut out, hears no more of.
    expect((await program.escalations(brother.caseId, 'DC02')).map(({ at, told }) => [at, ...told])).toEqual([
      [endOf('2026-04-29'), 'carer'],
      [endOf('2026-04-30'), 'inspector', 'province'],
      [local('2026-05-04', '08:00'), 'inspector', 'province'],
    ]);
  });
});

describe('the allegation is settled', () => {
  it('not by who made it, and not without words', async () => {
    const worker = new FacilityHand(program.as('worker'), 'RCF-17');
    expect(await refused(worker.clear(accusationId, 'I was wrong'))).toEqual([
      'RoleNotAllowed clear',
      'TwoPersonRule accusationId',
    ]);
    expect((await refusal(province.clear(accusationId, ' '))).status).toBe(400);
  });

  it('under a new director its people work again with those who still live there', async () => {
    await until('2026-09-01', '09:00');
    await province.clear(accusationId, 'He was convicted; the facility has a new director');
    for (const staff of insiders) expect(await doors(staff, brother)).toEqual(open);
    expect(await lists('carer', brother)).toContain('/worklists/mine');
    expect((await province.view()).accusations).toMatchObject([{ cleared: { by: 'province' } }]);
  });
});
