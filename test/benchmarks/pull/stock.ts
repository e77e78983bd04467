import { randomUUID } from 'node:crypto';

import type { ForeignSystem } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { importRecords } from '#libs/record-exchange';

/** Records that are taken in side by side while the stock is made. */
const lanes = 8;

/** Takes records in, several at a time, and makes sure that each became a case of its own. */
export async function takeIn(spean: Spean, system: ForeignSystem, records: readonly object[]): Promise<void> {
  const lane = (number: number) => records.filter((_, index) => index % lanes === number);
  const done = await Promise.all(
    Array.from({ length: lanes }, (_, number) => importRecords(spean, system, lane(number))),
  );
  const created = done.reduce((sum, { summary }) => sum + summary.created, 0);
  if (created !== records.length) throw new Error(`${created} of ${records.length} taken in`);
}

const dayOf = (number: number): string => `2013-05-${String((number % 28) + 1).padStart(2, '0')}`;

/** A made-up child of the government's, referred to an organisation. */
export const primeroCase = (_: unknown, number: number): object => ({
  case_id: randomUUID(),
  module_id: 'primeromodule-cp',
  name_first: `ស្រីមុំ (Synthetic ${number})`,
  name_last: 'សុខ (Made-up)',
  sex: 'female',
  date_of_birth: dayOf(number),
  location_current: '2020202',
  risk_level: 'medium',
  services_section: [
    {
      unique_id: randomUUID(),
      service_response_type: 'referral_to_oscar',
      service_type: 'counselling',
      service_subtype: ['counselling_trauma'],
      service_implementing_agency: 'agency-bridge',
      service_referral_notes: 'Synthetic words of a referral',
    },
  ],
});

/** A made-up child of an organisation's, referred to the government. */
export const oscarClient = (_: unknown, number: number): object => ({
  global_id: `SYNTHETIC${number}`,
  slug: `abcd-${number}`,
  given_name: `Synthetic ${number}`,
  family_name: 'Made-up',
  local_given_name: 'ដារ៉ា',
  gender: 'male',
  date_of_birth: dayOf(number),
  location_current_village_code: '12110417',
  organization_name: 'bridge',
  is_referred: true,
  level_of_risk: 'high',
  reason_for_referral: 'Synthetic words of a referral',
  services: [{ name: 'Trauma counselling', referral_id: number + 1, referral_status: 'Referred' }],
});
