import { describe, expect, it } from '@jest/globals';

import { fromOscar } from '../oscar/from-oscar.js';
import { toOscar } from '../oscar/to-oscar.js';
import { fromPrimero } from '../primero/from-primero.js';
import { toPrimero } from '../primero/to-primero.js';
import { context, holding, usable } from '../testing.spec.js';
import { codeTables, noEntries, shippedCodes } from './code-tables.js';
import { serviceCodes } from './service-codes.js';

const added = {
  type: 'counselling',
  code: 'counselling_online_abuse',
  name: 'Counselling after abuse online',
  uuid: '11111111-2222-4333-8444-555555555555',
};
const codes = codeTables({
  services: [added],
  agencies: [{ agency: 'river', primero: 'agency-river-of-life', oscar: 'rol' }],
  statuses: [{ word: 'Waiting list', state: 'ACKNOWLEDGED' }],
  provinces: [{ province: '12', user: 'mgrpnh2' }],
});

const client = {
  global_id: '01HSYNTHETIC',
  given_name: 'Synthetic',
  gender: 'female',
  organization_name: 'rol',
  resource: 'primero',
  services: [{ uuid: added.uuid, name: added.name, referral_id: 7, referral_status: 'Waiting list' }],
};

describe('defect 19: a new service, organisation or word of status needs no new code', () => {
  it('of OSCaR is understood and goes to Primero under the names it has there', () => {
    const told = usable(fromOscar(client, { ...context, codes }));
    expect(told.record.referrals).toMatchObject([
      { service: { code: added.code, type: 'counselling' }, toAgency: 'river', state: 'ACKNOWLEDGED' },
    ]);
    const out = { ...holding(told), codes };
    expect(toPrimero(out)['services_section']).toMatchObject([
      {
        service_type: 'counselling',
        service_subtype: [added.code],
        service_implementing_agency: 'agency-river-of-life',
      },
    ]);
    expect(toOscar(out)).toMatchObject([{ organization_name: 'rol', services: [{ name: added.name }] }]);
  });

  it('of Primero is understood and goes to OSCaR', () => {
    const row = {
      unique_id: '6b1f0d52-3c5e-4b7a-9a56-0c1d2e3f4a5b',
      service_type: 'counselling',
      service_subtype: [added.code],
      service_implementing_agency: 'agency-river-of-life',
    };
    const told = usable(fromPrimero({ name_first: 'Synthetic', services_section: [row] }, { ...context, codes }));
    expect(told.record.referrals).toMatchObject([{ service: { code: added.code }, toAgency: 'river' }]);
    expect(toOscar({ ...holding(told), codes })).toMatchObject([
      { organization_name: 'rol', services: [{ uuid: added.uuid, name: added.name }] },
    ]);
  });

  it('that nobody entered is kept as it was written, and shown as unknown', () => {
    const told = usable(fromOscar({ ...client, services: [{ name: added.name }] }, context));
    expect(told.record.referrals).toMatchObject([{ service: { code: 'UNMAPPED', original: added.name } }]);
    expect(fromOscar(client, context)).toEqual({
      ok: false,
      reason: expect.stringContaining('referral_status: unknown status'),
    });
  });

  it('may stand in place of a shipped one', () => {
    const [first] = serviceCodes;
    if (first === undefined) throw new Error('no services are shipped');
    const renamed = codeTables({ ...noEntries, services: [{ ...first, name: 'Another name' }] });
    expect(renamed.services.toOscar({ code: first.code }).name).toBe('Another name');
    expect(renamed.services.known.size).toBe(shippedCodes.services.known.size);
  });
});

describe('defect 5: a province without an account', () => {
  it('is none of the 25, Stung Treng (19) and Oddar Meanchey (22) included', () => {
    const provinces = Array.from({ length: 25 }, (_, index) => String(index + 1).padStart(2, '0'));
    const users = provinces.map((province) => shippedCodes.userOfProvince(province));
    expect(new Set(users).size).toBe(25);
    expect(users).not.toContain(undefined);
    expect([shippedCodes.userOfProvince('19'), shippedCodes.userOfProvince('22')]).toEqual(['mgrstg', 'mgromc']);
  });

  it('is whoever an administrator says', () => expect(codes.userOfProvince('12')).toBe('mgrpnh2'));
});
