import fc from 'fast-check';
import { dayText, location, nameText, text } from '../primero/generated.spec.js';
import { serviceCodes } from '../codes/service-codes.js';

/** Support for the round-trip spec: clients as OSCaR may list them, all usable. */
const service = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...serviceCodes).map(({ name, uuid }) => ({ name, uuid })),
      fc.constantFrom(
        { name: 'Literacy Support', uuid: 'f1d4c696-1de7-466e-8319-577a74bcc481' },
        { name: 'Not Specified', uuid: 'f1a4e827-19f7-4f96-90f6-69e35f73d867' },
        { name: '', uuid: '' },
        { name: null, uuid: '1a1accbd-90a9-4c71-a077-2595322744cb' },
        { name: 'life skills', uuid: '11226c6d-d7b8-4272-b45e-85cf635b9fba' },
        { name: 'A service of their own', uuid: '5d3d2f6e-5a75-4c43-8f6b-0a0b6c0d1e2f' },
        { name: 'Therapeutic training', category: 'Disability Support' },
        { name: 'Therapeutic interventions', program_name: 'Mental Health Support' },
      ),
    ),
    fc.record(
      {
        referral_id: fc.constantFrom(17, '18', '', null),
        referral_status: fc.constantFrom('Referred', 'Accepted', 'Accetped', 'Active', 'Exited', 'Rejected', ''),
        enrollment_date: fc.oneof(dayText, fc.constantFrom(null, '')),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([requested, answer]) => ({ ...requested, ...answer }));

export const oscarRecord = fc.record(
  {
    global_id: fc.constant('01EHAZ3XN6DJX0GQGR8R5KV7AZ'),
    slug: fc.constantFrom('qvmx-1787', ''),
    external_id: fc.oneof(fc.uuid(), fc.constant('')),
    external_id_display: fc.constantFrom('5b38276', ''),
    mosvy_number: fc.constantFrom('9808827', '', null),
    given_name: nameText,
    family_name: fc.oneof(nameText, fc.constantFrom('', null)),
    local_given_name: fc.oneof(nameText, fc.constantFrom('', null)),
    local_family_name: fc.oneof(nameText, fc.constantFrom('', null)),
    gender: fc.constantFrom('female', 'male', 'lgbt', 'unknown', 'prefer_not_to_say', 'other', '', null),
    date_of_birth: fc.oneof(dayText, fc.constantFrom(null, '')),
    location_current_village_code: location,
    address_current_village_code: location,
    organization_id: fc.constantFrom(46, 'cif', ''),
    organization_name: fc.constantFrom('cif', 'holt', ''),
    status: fc.constantFrom('Accepted', 'Active', 'Exited', 'Referred', null),
    level_of_risk: fc.constantFrom('high', 'medium', 'low', 'no action', '', null),
    reason_for_referral: fc.oneof(text, fc.constant(null)),
    is_referred: fc.boolean(),
    resource: fc.constantFrom('primero', 'Primero', null, ''),
    case_worker_mobile: fc.constantFrom('000000000', '012345678'),
    referral_status: fc.constantFrom('Accepted', 'Referred', ''),
    services: fc.array(service, { maxLength: 5 }),
  },
  { requiredKeys: ['global_id', 'given_name'] },
);
