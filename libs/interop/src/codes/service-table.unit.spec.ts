import { describe, expect, it } from '@jest/globals';
import { serviceCodes } from './service-codes.js';
import { shippedCodes } from './code-tables.js';

const { services } = shippedCodes;
const serviceFromOscar: typeof services.fromOscar = (told) => services.fromOscar(told);
const serviceFromPrimero: typeof services.fromPrimero = (told) => services.fromPrimero(told);
const serviceToOscar: typeof services.toOscar = (service) => services.toOscar(service);
const serviceToPrimero: typeof services.toPrimero = (service) => services.toPrimero(service);

describe('the services of the exchange', () => {
  it('are fifty, each with a code of its own', () =>
    expect(new Set(serviceCodes.map(({ code }) => code)).size).toBe(50));

  it.each(serviceCodes.map((row) => [row.code, row] as const))('%s goes to both systems and back', (code, row) => {
    const service = serviceFromPrimero({ type: row.type, subtype: code });
    expect(service).toEqual({ code, type: row.type });
    expect(serviceToPrimero(service)).toEqual({ service_type: row.type, service_subtype: [code] });
    expect(serviceToOscar(service)).toMatchObject({ name: row.name, uuid: row.uuid });
    expect(serviceFromOscar(serviceToOscar(service))).toEqual({ code, type: row.type });
  });
});

describe('a service of OSCaR', () => {
  it('whose name stands in two categories is read as the later one, with its name kept', () => {
    const uuid = '9a3b4c0e-c2bb-4ca6-bbf2-23b7ae933af4';
    const service = serviceFromOscar({ name: 'Therapeutic interventions', uuid });
    expect(service).toEqual({
      code: 'mental_health_support_therapeutic_interventions',
      type: 'mental_health_support',
      original: 'Therapeutic interventions',
    });
    expect(serviceToOscar(service)).toEqual({ name: 'Therapeutic interventions', uuid });
  });
  it('defect 14: whose category is named is what it says, and not the other service of that name', () => {
    const service = serviceFromOscar({ name: 'Therapeutic training', category: 'Disability Support' });
    expect(service).toEqual({ code: 'disability_support_therapeutic_training', type: 'disability_support' });
    expect(serviceToOscar(service)).toMatchObject({ name: 'Therapeutic training', category: 'Disability Support' });
  });
  it('is known by its name even under an id that is not its own', () =>
    expect(serviceFromOscar({ name: 'Community social work', uuid: '00b7078c-f989-4d23-af5c-4712232aab6c' })).toEqual({
      code: 'social_work_case_work_community',
      type: 'social_work_case_work',
    }));
  it('without a name is known by its id, where that is unique', () => {
    expect(serviceFromOscar({ uuid: '1a1accbd-90a9-4c71-a077-2595322744cb' }).code).toBe('family_based_care_kinship');
    expect(serviceFromOscar({ uuid: 'f1a4e827-19f7-4f96-90f6-69e35f73d867' }).code).toBe('NOT_SPECIFIED');
  });
  it('defect 14: that was not specified says so, and is not the other service under the same id', () => {
    expect(serviceFromOscar({ name: 'Not Specified', uuid: 'f1a4e827-19f7-4f96-90f6-69e35f73d867' }).code).toBe(
      'NOT_SPECIFIED',
    );
    expect(serviceFromOscar({}).code).toBe('NOT_SPECIFIED');
    expect(serviceToOscar({ code: 'NOT_SPECIFIED' }).name).toBe('Not Specified');
  });
  it('defect 14: that Primero has no subtype for keeps its name on the way', () => {
    const service = serviceFromOscar({ name: 'Literacy Support' });
    expect(service).toEqual({ code: 'UNMAPPED', original: 'Literacy Support' });
    expect(serviceToPrimero(service)).toEqual({
      service_type: 'other',
      service_subtype: [],
      service_type_details_text: 'Literacy Support',
    });
    expect(serviceFromPrimero({ type: 'other', details: 'Literacy Support' })).toMatchObject(service);
    expect(serviceToOscar(service)).toEqual({ name: 'Literacy Support', uuid: 'f1d4c696-1de7-466e-8319-577a74bcc481' });
  });
});

describe('a service of Primero', () => {
  it('with a type but no subtype was not specified', () =>
    expect(serviceFromPrimero({ type: 'counselling' })).toEqual({ code: 'NOT_SPECIFIED', type: 'counselling' }));
  it("of Primero's own seed needs no subtype", () => {
    expect(serviceFromPrimero({ type: 'family_seunification_service' }).code).toBe('family_seunification_service');
    expect(serviceToOscar({ code: 'psychosocial_service' }).name).toBe('Other Service');
  });
  it('may be named beside the type', () =>
    expect(serviceFromPrimero({ type: 'counselling', details: 'Family counselling / mediation' }).code).toBe(
      'counselling_family',
    ));
  it('is never taken from free words, which may speak of the child', () =>
    expect(serviceFromPrimero({ type: 'other', details: 'for Dara and her sister' })).toEqual({
      code: 'UNMAPPED',
      type: 'other',
    }));
  it('beside which the live job has nothing to tell was not specified', () =>
    expect(serviceFromPrimero({ type: 'counselling', details: 'n/a' }).code).toBe('NOT_SPECIFIED'));
  it('of ours travels by its code', () => {
    expect(serviceToPrimero({ code: 'PEP' })).toEqual({
      service_type: 'other',
      service_subtype: [],
      service_type_details_text: 'PEP',
    });
    expect(serviceFromPrimero({ type: 'other', details: 'PEP' }).code).toBe('PEP');
  });
});
