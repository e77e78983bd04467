import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Clock } from '#libs/calendar';

import { startOscar, type SimulatedOscar } from '../simulators/oscar/start-oscar.js';
import { startPrimero, type SimulatedPrimero } from '../simulators/primero/start-primero.js';
import type { Directory } from './directory.js';
import { startProgram, type Program } from './program.js';

const password = 'not-a-real-one';

/** The program with a Primero and an OSCaR beside it, all of them at the time of the story. */
export interface ProgramAmongOthers {
  readonly program: Program;
  readonly primero: SimulatedPrimero;
  readonly oscar: SimulatedOscar;
  stop(): Promise<void>;
}

/** @param directory of province 02, with an agency that is called `cif` in OSCaR, too */
export async function startAmongOthers(start: string, directory: Directory): Promise<ProgramAmongOthers> {
  let now: () => string = () => start;
  const clock: Clock = { now: () => now() };
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-others-'));
  const users = ['spean', 'mgrkp'].map((name) => ({ user_name: name, password, agency: 'agency-mosvy' }));
  const primero = await startPrimero({ clock, seed: 5, users });
  const person = { id: 1, email: 'spean', password, first_name: 'External', last_name: 'System' };
  const oscar = await startOscar({
    ...{ clock, seed: 6, users: [{ ...person, system: 'MoSVY External System' }] },
    agencies: [{ id: 1, full_name: 'An organisation', short_name: 'cif', integrated: true }],
  });
  const common = { account: 'spean', secret: 'SPEAN_TEST_OTHERS', requestsPerSecond: 100 };
  const targets = [
    { id: 'mosvy', system: 'primero', url: primero.url, serves: { provinces: ['02'] }, ...common },
    {
      ...{ id: 'oscar', system: 'oscar', url: oscar.url, serves: { agencies: ['cif'], provinces: ['02'] }, ...common },
      contact: { name: 'Referral desk', phone: '012345678' },
    },
  ];
  const file = path.join(folder, 'targets.yaml');
  await writeFile(file, JSON.stringify({ targets }));
  const settings = { SPEAN_EXCHANGE_TARGETS: file, SPEAN_TEST_OTHERS: password };
  const program = await startProgram(start, directory, undefined, settings);
  now = () => program.now();
  const stop = async (): Promise<void> => {
    await program.stop();
    await Promise.all([primero.close(), oscar.close(), rm(folder, { recursive: true })]);
  };
  return { program, primero, oscar, stop };
}
