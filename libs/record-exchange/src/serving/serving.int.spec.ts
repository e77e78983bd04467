import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, CaseCommand, CaseCommandData, CaseCommandType } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { differences } from '#libs/read-models';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import type { Asker } from './asker.js';
import { listAsked, listPrimero, primeroRecord } from './primero-lists.js';

const staff: Actor = { id: 'staff-1', roles: ['MOSVY_CPD', 'SYSTEM', 'INTEGRATION'], agency: 'mosvy' };
const askerOf = (agency: string): Asker => ({
  caller: { id: `svc-${agency}`, roles: ['INTEGRATION'], agency },
  route: '/primero/api/v2/cases',
  traceId: 'test',
});

const personId = uuidv7();
const caseId = uuidv7();
const consentId = uuidv7();
const envelope = { actor: staff, purpose: 'case_management', traceId: 'test' };

let spean: Spean;
let fresh: FreshDatabase;
let folder: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  spean = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
    mayCreateMasterKey: true,
  });
  await spean.commands.executePerson({
    ...envelope,
    personId,
    command: {
      type: 'RegisterPerson',
      data: {
        facts: { sex: 'male', ageBand: '6-11', synthetic: true, province: '02', district: '0202' },
        identity: { givenNameLatin: 'Veasna', birthDate: '2015-01-01' },
        location: { locationCode: '02020202' },
      },
      ...{ occurredAt: spean.clock.now(), precision: 'moment' },
    },
  });
  const opening = { code: 'K-TELL01', personId, agency: 'mosvy', province: '02', district: '0202', synthetic: true };
  await act('OpenCase', opening);
});
afterAll(async () => {
  await spean.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

async function act<T extends CaseCommandType>(type: T, data: CaseCommandData[T]): Promise<void> {
  const command = { type, data, occurredAt: spean.clock.now(), precision: 'moment' } as unknown as CaseCommand;
  await spean.commands.execute({ ...envelope, caseId, command });
}

async function toldTo(agency: string) {
  const { held, total } = await listPrimero(spean, askerOf(agency), listAsked({}));
  expect(held.length).toBe(total);
  return held.map(primeroRecord);
}

async function allDifferences(): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const difference of differences(spean)) found.push(difference);
  return found;
}

describe('a case of our own', () => {
  it('is told to another system with a consent in force that names it, and no longer after that', async () => {
    expect(await toldTo('elsewhere')).toEqual([]);
    const consent = { kind: 'CONSENT_SHARING', manner: 'thumbprint', language: 'km', recipient: 'primero' } as const;
    await act('GiveConsent', { consentId, giver: 'caregiver', ...consent });
    expect(await toldTo('elsewhere')).toMatchObject([
      { id: caseId, name_first: 'Veasna', created_at: expect.any(String) },
    ]);
    expect(await allDifferences()).toEqual([]);
    await act('WithdrawConsent', { consentId, giver: 'caregiver' });
    expect(await toldTo('elsewhere')).toEqual([]);
    const endsOn = spean.clock.now().slice(0, 'YYYY-MM-DD'.length);
    await act('GiveConsent', { consentId: uuidv7(), giver: 'caregiver', ...consent, endsOn: '2020-01-01' });
    expect(await toldTo('elsewhere')).toEqual([]);
    await act('GiveConsent', {
      consentId: uuidv7(),
      giver: 'caregiver',
      ...consent,
      endsOn: `${Number(endsOn.slice(0, 4)) + 1}-01-01`,
    });
    expect(await toldTo('elsewhere')).toHaveLength(1);
    expect(await allDifferences()).toEqual([]);
  });

  it('tells an agency that was asked what was asked of it, and more once it has accepted', async () => {
    const referralId = uuidv7();
    for (const giver of ['child', 'caregiver'] as const) {
      const consent = { kind: 'CONSENT_SHARING', manner: 'signature', language: 'km', recipient: 'clinic' } as const;
      await act('GiveConsent', { consentId: uuidv7(), giver, childPermits: true, ...consent });
    }
    await act('DraftReferral', {
      ...{ referralId, type: 'service', service: { code: 'health_medical_service' }, urgency: 'ROUTINE' },
      ...{ fromAgency: 'mosvy', toAgency: 'clinic', reason: 'made-up story' },
    });
    expect(await toldTo('clinic')).toMatchObject([{ name_first: 'Veasna', services_section: [] }]);
    await act('SendReferral', { referralId });
    const [asked] = await toldTo('clinic');
    expect(asked).toMatchObject({
      id: caseId,
      sex: 'male',
      location_current: '202',
      services_section: [{ service_subtype: [] }],
    });
    expect(JSON.stringify(asked)).not.toMatch(/Veasna|2015|story|020202/);
    const program: Actor = { id: 'svc-clinic', roles: ['INTEGRATION'], agency: 'clinic' };
    const command = {
      type: 'AcceptReferral',
      data: { referralId },
      occurredAt: spean.clock.now(),
      precision: 'moment',
    } as const;
    await spean.commands.execute({ ...envelope, actor: program, caseId, command });
    const [accepted] = await toldTo('clinic');
    expect(accepted).toMatchObject({ name_first: 'Veasna' });
  });

  it('leaves a trace of each telling', async () => {
    const rows = await spean.database.read(spean.context, (queries) =>
      queries.query<{ reader: string; classes: string[] }>('', 'SELECT reader, classes FROM read_audit ORDER BY id'),
    );
    const clinic = rows.filter(({ reader }) => reader === 'svc-clinic').map(({ classes }) => classes.length > 0);
    expect(clinic).toEqual([true, false, true]);
  });
});
