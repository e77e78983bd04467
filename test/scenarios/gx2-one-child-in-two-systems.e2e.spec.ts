import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { CaseView, ChildView, PossibleDuplicate } from '#libs/read-models';

import { exchangeCast } from '../support/exchange-cast.js';
import { refusal } from '../support/http-client.js';
import { startAmongOthers, type ProgramAmongOthers } from '../support/other-systems.js';
import { local } from '../support/phnom-penh.js';

let others: ProgramAmongOthers;
/** Records of the child as they came, and the cases they made. */
let fromPrimero: CaseView;
let fromOscar: CaseView;

const as = (staff: string) => others.program.as(staff);
const duplicatesOf = (personId: string) =>
  as('province').get<PossibleDuplicate[]>(`/persons/${personId}/possible-duplicates`);
const childOf = (personId: string) => as('province').get<ChildView>(`/persons/${personId}/child`);

/** A girl whom Primero writes with a short place code and OSCaR in other letters. */
beforeAll(async () => {
  others = await startAmongOthers(local('2026-03-02', '09:00'), exchangeCast);
  const { primero, oscar, program } = others;
  primero.staff.openCase('mgrkp', {
    ...{ name_first: 'ស្រីមុំ (Sreymom)', name_last: 'ឈា (Chhea)', sex: 'female', date_of_birth: '2013-05-01' },
    ...{ location_current: '2020202', risk_level: 'medium' },
  });
  oscar.staff.openClient('cif', {
    ...{ given_name: 'Srey Mom', family_name: 'Chea', local_given_name: 'ស្រី​មុំ', local_family_name: 'ឈា' },
    ...{ gender: 'female', date_of_birth: '2013-05-01', location: '02020202' },
  });
  await program.exchange();
  const { items } = await as('province').get<{ items: { caseId: string }[] }>('/worklists/unassigned');
  const views = await Promise.all(items.map(({ caseId }) => as('province').get<CaseView>(`/cases/${caseId}`)));
  [fromPrimero, fromOscar] = ['primero', 'oscar'].map((system) =>
    views.find(({ receivedFrom }) => receivedFrom === system)!,
  ) as [CaseView, CaseView];
});
afterAll(() => others.stop());

describe('G-X2: the same child comes from Primero and from OSCaR, written differently', () => {
  it('as two records and two cases: no program merges children', async () => {
    expect(fromPrimero.person.id).not.toBe(fromOscar.person.id);
    expect(await childOf(fromPrimero.person.id)).toMatchObject({ cases: [{ caseId: fromPrimero.id }] });
  });

  it('each is proposed as a possible duplicate of the other, and why', async () => {
    const reasons = ['same_name', 'same_birth_date', 'same_village_or_commune'];
    expect(await duplicatesOf(fromPrimero.person.id)).toMatchObject([{ person: { id: fromOscar.person.id }, reasons }]);
    expect(await duplicatesOf(fromOscar.person.id)).toMatchObject([{ person: { id: fromPrimero.person.id }, reasons }]);
  });

  it('a supervisor merges them, with a reason', async () => {
    const merge = (reason: string) =>
      as('province').post(`/persons/${fromOscar.person.id}/merge`, { into: fromPrimero.person.id, reason });
    expect((await refusal(merge(' '))).status).toBe(400);
    await merge('The mother showed both papers');
    const { cases } = await childOf(fromPrimero.person.id);
    expect(cases.map(({ caseId }) => caseId).sort()).toEqual([fromPrimero.id, fromOscar.id].sort());
    expect(await duplicatesOf(fromPrimero.person.id)).toEqual([]);
  });

  it('what both systems say afterwards goes to the case it was about', async () => {
    await others.program.advance('PT10M');
    const [client] = others.oscar.state.clients;
    others.oscar.staff.changeClient(client!, { mosvy_number: 'MO-1' });
    await others.program.exchange();
    const { items } = await as('province').get<{ items: unknown[] }>('/worklists/unassigned');
    expect(items).toHaveLength(2);
    const view = await as('province').get<CaseView>(`/cases/${fromOscar.id}`);
    expect(view.version).toBeGreaterThan(fromOscar.version);
  });

  it('a fortnight later it turns out to be two cousins: the merge is undone, and each has her own case', async () => {
    await others.program.advance('P14D');
    await as('province').post(`/persons/${fromOscar.person.id}/unmerge`, { reason: 'Two cousins of one age' });
    expect((await childOf(fromPrimero.person.id)).cases).toMatchObject([{ caseId: fromPrimero.id }]);
    expect((await childOf(fromOscar.person.id)).cases).toMatchObject([{ caseId: fromOscar.id }]);
  });
});
