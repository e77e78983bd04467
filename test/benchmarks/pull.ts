import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ForeignSystem } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { readConfiguration } from '#libs/configuration';
import { importRecords } from '#libs/record-exchange';
import { startBenchServer } from './bench-database.js';
import { rounded, type Figures, type Progress } from './figures.js';
import { openProgram, type Program } from './pull/program.js';

const cases = 5_000;
/** Records that are taken in side by side while the stock is made. */
const lanes = 8;

const limits = { primeroMs: 10_000, oscarMs: 10_000 };

/**
 * How long a program of another system waits for all cases at once, over the network: 5,000 of Primero in one list, as the
 * hourly jobs ask for them, their referrals in one more, and 5,000 clients of OSCaR. Each is unsealed, judged by the
 * policy and traced. The first asking counts, with nothing in any cache; the second is beside it.
 */
export async function pull(progress: Progress): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-pull-'));
  const server = await startBenchServer();
  try {
    const configuration = readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder });
    const urls = await server.database('bench_pull', { migrated: true });
    const spean = await openSpean({
      ...{ databaseUrl: urls.program, masterKeys: configuration.masterKeys, mayCreateMasterKey: true },
    });
    await takeIn(spean, 'primero', Array.from({ length: cases }, primeroCase));
    progress(`${cases} cases of Primero taken in`);
    await takeIn(spean, 'oscar', Array.from({ length: cases }, oscarClient));
    progress(`${cases} clients of OSCaR taken in`);
    await spean.close();
    const program = await openProgram(configuration, urls);
    const figures = await measured(program);
    await program.close();
    return { figures, targets: {}, limits };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(program: Program): Promise<Record<string, number>> {
  const all = '/api/v2/cases?remote=true&page=1&per=10000';
  return {
    primeroMs: await timeOf(program, 'primero', all),
    primeroAgainMs: await timeOf(program, 'primero', all),
    referralsMs: await timeOf(program, 'primero', '/api/v2/cases/referrals?per=10000'),
    oscarMs: await timeOf(program, 'oscar', '/api/v1/organizations/clients?since_date=2022-12-19+00:00:00'),
  };
}

async function timeOf(program: Program, system: ForeignSystem, address: string): Promise<number> {
  const { data, ms } = await program.pull(system, address);
  if (data.length !== cases) throw new Error(`${address} told ${data.length}`);
  return rounded(ms);
}

async function takeIn(spean: Spean, system: ForeignSystem, records: readonly object[]): Promise<void> {
  const lane = (number: number) => records.filter((_, index) => index % lanes === number);
  const done = await Promise.all(
    Array.from({ length: lanes }, (_, number) => importRecords(spean, system, lane(number))),
  );
  const created = done.reduce((sum, { summary }) => sum + summary.created, 0);
  if (created !== records.length) throw new Error(`${created} of ${records.length} taken in`);
}

const dayOf = (number: number): string => `2013-05-${String((number % 28) + 1).padStart(2, '0')}`;

const primeroCase = (_: unknown, number: number): object => ({
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

const oscarClient = (_: unknown, number: number): object => ({
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
