import { describe, expect, it } from '@jest/globals';

import { peopleToTell, type Concerned, type StaffMember } from './recipients.js';

const member = (id: string, agency: string, role: string, province = '17'): StaffMember => ({
  id,
  agency,
  roles: [role],
  province,
  language: 'km',
  email: null,
});

const worker = member('worker', 'ngo-1', 'NGO_CW');
const supervisor = member('supervisor', 'ngo-1', 'NGO_SUP');
const otherSupervisor = member('other-supervisor', 'ngo-2', 'NGO_SUP');
const head = member('head', 'ngo-1', 'AGENCY_HEAD');
const otherHead = member('other-head', 'ngo-2', 'AGENCY_HEAD');
const provincial = member('provincial', 'pdosvy-17', 'PDOSVY_SUP');
const elsewhere = member('elsewhere', 'pdosvy-12', 'PDOSVY_SUP', '12');
const national = member('national', 'mosvy', 'MOSVY_CPD', '12');
const lawyer = member('lawyer', 'legal-aid', 'LAWYER');
const staff = [worker, supervisor, otherSupervisor, head, otherHead, provincial, elsewhere, national, lawyer];

const concerned: Concerned = { owner: 'worker', agency: 'ngo-1', province: '17', conflicts: [] };

const told = (rungs: string[][], more: Partial<Concerned> = {}, members = staff): string[] =>
  peopleToTell(rungs, { ...concerned, ...more }, members).map(({ id }) => id);

describe('who is told of a rung', () => {
  it.each([
    ['owner', ['worker']],
    ['supervisor', ['supervisor']],
    ['AGENCY_HEAD', ['head']],
    ['PDOSVY_SUP', ['provincial']],
    ['LAWYER', ['lawyer']],
    ['MOSVY_CPD', ['national']],
  ])('%s', (recipient, ids) => {
    expect(told([[recipient]])).toEqual(ids);
  });

  it('prefers holders of a role in the agency of the case to those in its province', () => {
    expect(told([['PDOSVY_SUP']], { agency: 'pdosvy-12' })).toEqual(['elsewhere']);
  });

  it('tells somebody with two roles once', () => {
    const both = { ...worker, roles: ['NGO_CW', 'NGO_SUP'] };
    expect(told([['owner', 'supervisor']], {}, [both])).toEqual(['worker']);
  });

  it('passes over whoever is in conflict of interest, by name or by agency', () => {
    expect(told([['owner', 'supervisor']], { conflicts: ['supervisor'] })).toEqual(['worker']);
    expect(told([['owner', 'PDOSVY_SUP']], { conflicts: ['ngo-1'] })).toEqual(['provincial']);
  });

  it('goes up the ladder when nobody is left', () => {
    expect(told([['supervisor'], ['AGENCY_HEAD'], ['PDOSVY_SUP']], { conflicts: ['supervisor'] })).toEqual(['head']);
    expect(told([['supervisor'], ['AGENCY_HEAD'], ['PDOSVY_SUP']], { conflicts: ['ngo-1'] })).toEqual(['provincial']);
    expect(told([['owner'], ['supervisor']], { owner: null })).toEqual(['supervisor']);
  });

  it('looks for holders in the province when those of the agency are in conflict', () => {
    const colleague = member('colleague', 'ngo-1', 'PDOSVY_SUP');
    expect(told([['PDOSVY_SUP']], { conflicts: ['colleague'] }, [...staff, colleague])).toEqual(['provincial']);
  });

  it('finds nobody in the province of a case whose province is not known', () => {
    expect(told([['PDOSVY_SUP'], ['MOSVY_CPD']], { province: null })).toEqual(['national']);
  });

  it('may find nobody at all', () => {
    expect(told([['owner'], ['MOSVY_CPD']], { conflicts: ['worker', 'mosvy'] })).toEqual([]);
  });
});
