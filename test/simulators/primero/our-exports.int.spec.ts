import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSpean, type Spean } from '#libs/composition';
import { shippedCodes } from '#libs/interop';
import { exportRecords, importRecords } from '#libs/record-exchange';
import { v5 as uuidv5 } from 'uuid';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { openDesk, type Desk } from './desk.spec.js';

const idOf = (name: string): string => uuidv5(name, uuidv5.URL);

/** Invented children: one for each service there is, with texts that Primero would refuse as they stand. */
const records = [...shippedCodes.services.known.values()].map(({ code, type }, index) => ({
  id: idOf(`id ${index}`),
  case_id: idOf(`case ${index}`),
  module_id: 'primeromodule-cp',
  name_first: index % 2 === 0 ? 'ស្រីមុំ (Sreymom)' : '2013-05-01',
  name_last: 'Example',
  sex: (['female', 'male', 'other', 'Female'] as const)[index % 4],
  date_of_birth: index % 3 === 0 ? '2013/05/01' : null,
  age: 9,
  location_current: '2020202',
  mosvy_number: '2020-08-24',
  risk_level: (['high', 'medium', 'low', 'no_action'] as const)[index % 4],
  registration_date: '2026/06/17',
  interview_subject: 'individual',
  protection_status: 'unaccompanied',
  consent_for_services: true,
  disclosure_other_orgs: false,
  status: index % 5 === 0 ? 'Open' : 'closed',
  services_section: [
    {
      unique_id: idOf(`row ${index}`),
      service_response_type: 'referral_to_oscar',
      service_type: type ?? 'other',
      service_subtype: type === code ? [] : [code],
      service_response_timeframe: (['1_hour', '3_days', '1_day'] as const)[index % 3],
      service_response_day_time: '2020/09/03 13:42:00 +0000',
      service_implementing_agency: 'agency-bridge',
      service_referral_notes: '2020-08-24',
      referral_status_edf41f2: (['pending_310366', 'accepted_340953', 'rejected_936484'] as const)[index % 3],
    },
  ],
}));

let spean: Spean;
let fresh: FreshDatabase;
let folder: string;
let desk: Desk;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  spean = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
    mayCreateMasterKey: true,
  });
  desk = await openDesk();
});

afterAll(async () => {
  await desk.primero.close();
  await spean.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

describe('what this program exports', () => {
  it('is taken by the simulated Primero, and reads back as it was sent: nothing is refused or dropped', async () => {
    const { summary } = await importRecords(spean, 'primero', records);
    expect(summary.quarantined).toEqual([]);
    const { data } = await exportRecords(spean, 'primero');
    expect(data).toHaveLength(records.length);
    for (const sent of data) {
      const { status, text } = await desk.ask('POST', '/cases', { data: sent });
      expect([status, text]).toEqual([204, '']);
      const held = await desk.caseNow(String(sent['id']));
      // The kind of response of the newest service decides the workflow there, whatever was sent.
      const { workflow: _theirs, ...rest } = sent;
      expect(held).toMatchObject(rest);
    }
  });
});
