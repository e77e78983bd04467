import { describe, expect, it } from '@jest/globals';
import { shippedCodes } from './codes/code-tables.js';
import { fromOscar } from './oscar/from-oscar.js';
import { fromPrimero } from './primero/from-primero.js';
import { sameReferrals } from './same-referrals.js';
import { caseOf, context, usable } from './testing.spec.js';

const rowId = '8b1f7a52-9d0e-4f0b-8f5e-0d6f8e3c2b21';
const kinship = { name: 'Kinship care', uuid: '1a1accbd-90a9-4c71-a077-2595322744cb' };

const oscar = (services: object[], more: object = {}) =>
  usable(
    fromOscar(
      { global_id: '01EDN2N13KJQYZJDNNJE68XDQY', given_name: 'Dara', organization_name: 'cif', services, ...more },
      context,
    ),
  ).record;
const primero = (rows: object[]) =>
  usable(fromPrimero({ case_id: '6b1f0d52-3c5e-4b7a-9a56-0c1d2e3f4a5b', services_section: rows }, context)).record;
/** A row as the hourly job writes it of a service of OSCaR. */
const jobRow = (more: object = {}) => ({
  unique_id: kinship.uuid,
  service_response_type: 'referral_from_oscar',
  service_type: 'family_based_care',
  service_subtype: ['family_based_care_kinship'],
  service_implementing_agency: 'agency-cif',
  oscar_referring_organization: 'agency-cif',
  ...more,
});
/** Our ids of the referrals that are meant, in the order of theirs. */
const meant = (first: ReturnType<typeof oscar>, then: ReturnType<typeof oscar>) => {
  const known = sameReferrals(caseOf(first), then, shippedCodes);
  return then.referrals.map(({ key }) => first.referrals.findIndex(({ referralId }) => referralId === known.get(key)));
};

describe('a referral that both systems tell of', () => {
  it('is the row of Primero whose id OSCaR was told as the id of the service, to whichever organisation it was sent', () => {
    const row = { ...jobRow(), unique_id: rowId, service_response_type: 'referral_to_oscar' };
    for (const organization_name of ['cif', 'tpo']) {
      expect(meant(primero([row]), oscar([{ ...kinship, uuid: rowId }], { organization_name }))).toEqual([0]);
    }
  });

  it('is known by the number of OSCaR in the row, from either side', () => {
    const [numbered, row] = [
      oscar([{ ...kinship, referral_id: 17 }]),
      primero([jobRow({ oscar_referral_id_a4ac8a5: '17' })]),
    ];
    expect(meant(numbered, row)).toEqual([0]);
    expect(meant(row, numbered)).toEqual([0]);
  });

  it('defect 13: is another one under another number, at another organisation or for another service', () => {
    const row = primero([jobRow({ oscar_referral_id_a4ac8a5: '17' })]);
    expect(meant(row, oscar([{ ...kinship, referral_id: 18 }]))).toEqual([-1]);
    expect(meant(row, oscar([{ ...kinship, referral_id: 17 }], { organization_name: 'tpo' }))).toEqual([-1]);
    expect(meant(row, oscar([{ name: 'Family preservation', referral_id: 17 }]))).toEqual([-1]);
    expect(meant(row, oscar([kinship]))).toEqual([-1]);
  });

  it('is known by its kind where neither side has a number, once', () => {
    const enrolled = { ...kinship, enrollment_date: '2026-03-01' };
    expect(meant(primero([jobRow()]), oscar([enrolled]))).toEqual([0]);
    expect(meant(oscar([enrolled]), primero([jobRow()]))).toEqual([0]);
    expect(meant(primero([jobRow()]), oscar([enrolled, { ...kinship, enrollment_date: '2026-03-02' }]))).toEqual([
      0, -1,
    ]);
  });
});

describe('who refers', () => {
  it('is the government where a record has its id and services have neither a number nor a day', () => {
    const parties = (services: object[], more: object) =>
      oscar(services, more).referrals.map(({ fromAgency, toAgency }) => `${fromAgency} to ${toAgency}`);
    const external = { external_id: '6b1f0d52-3c5e-4b7a-9a56-0c1d2e3f4a5b', is_referred: true };
    expect(parties([kinship], external)).toEqual(['mosvy to cif']);
    expect(parties([{ ...kinship, referral_id: 17 }], external)).toEqual(['cif to mosvy']);
    expect(parties([kinship], { is_referred: true })).toEqual(['cif to mosvy']);
  });
});
