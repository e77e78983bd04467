import type { FacilityCommandData } from '#libs/cases';
import { supervisor, worker, type Circumstances } from './case-specification.js';
import { tell, type AskedOfFacility } from './facility-specification.js';

/** Commands of everyday stories of a facility, filled in as far as the story does not say otherwise. */
type When = Circumstances & { residents?: number };

const where = { code: 'RCF-1', type: 'HOME', province: '17', district: '1701', agency: 'pdosvy', synthetic: true };

/** Another supervisor than the one who brings things forward. */
export const secondSupervisor = { ...supervisor, id: 'supervisor-2' };
/** Works in the facility. */
export const carer = { id: 'carer-1', roles: ['RCF_SW', 'PDOSVY_SUP', 'OSVY_SW'], agency: 'RCF-1' };

export const registered = (
  data: Partial<FacilityCommandData['RegisterFacility']> = {},
  when: When = {},
): AskedOfFacility => tell('RegisterFacility', { ...where, state: 'LISTED', capacity: 30, ...data }, when);

export const reported = (
  data: Partial<FacilityCommandData['ReportUnregisteredFacility']> = {},
  when: When = {},
): AskedOfFacility =>
  tell('ReportUnregisteredFacility', { ...where, children: 35, ...data }, { actor: worker, ...when });

export const moveTo = (
  to: string,
  data: Partial<FacilityCommandData['MoveFacility']> = {},
  when: When = {},
): AskedOfFacility => tell('MoveFacility', { to, reasonCode: 'DANGER', ...data }, when);

export const inspected = (
  result: string,
  data: Partial<FacilityCommandData['RecordInspection']> = {},
  when: When = {},
): AskedOfFacility =>
  tell(
    'RecordInspection',
    { inspectionId: `inspection-${result}-${when.at ?? ''}`, inspector: 'inspector-1', result, findings: [], ...data },
    when,
  );

export const accused = (accusationId = 'accusation-1', when: When = {}): AskedOfFacility =>
  tell('AccuseFacility', { accusationId, text: 'words' }, { actor: worker, ...when });

export const cleared = (accusationId = 'accusation-1', when: When = {}): AskedOfFacility =>
  tell('ClearFacility', { accusationId, reason: 'words' }, when);
