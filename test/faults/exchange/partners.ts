import { writeFile } from 'node:fs/promises';

import type { Clock } from '#libs/calendar';

import { startOscar, type SimulatedOscar } from '../../simulators/oscar/start-oscar.js';
import { startPrimero, type SimulatedPrimero } from '../../simulators/primero/start-primero.js';
import type { FaultRule } from '../../simulators/shared/faults.js';

/** What the account of this program is called in OSCaR. */
export const ourNameInOscar = 'MoSVY External System';
/** The organisation that uses OSCaR, and the one that uses Primero; the codes are the same here. */
export const organisation = 'cif';
export const shelter = 'shelter';
/** Users of Primero: who keeps cases of the province, and who answers for the shelter and for the organisation. */
export const manager = 'mgrkp';
export const shelterUser = 'agency-shelter-user';
export const organisationUser = 'agency-cif-user';

const account = { primero: 'spean', oscar: 'spean@example.org' };
/** Where no password is known, everybody may know it. */
const password = 'the password of every drill';

/** Both live by the clock of the machine, as the program does. */
const clock: Clock = { now: () => new Date().toISOString() };

export interface PartnersOptions {
  readonly seed: number;
  readonly faults: { readonly primero: readonly FaultRule[]; readonly oscar: readonly FaultRule[] };
  /** Pace that both ask for. */
  readonly requestsPerSecond: number;
}

/** A Primero and an OSCaR, as two servers in this process. */
export class Partners {
  readonly primero: SimulatedPrimero;
  readonly oscar: SimulatedOscar;

  readonly #requestsPerSecond: number;

  private constructor(primero: SimulatedPrimero, oscar: SimulatedOscar, requestsPerSecond: number) {
    this.#requestsPerSecond = requestsPerSecond;
    this.primero = primero;
    this.oscar = oscar;
  }

  static async start({ seed, faults, requestsPerSecond }: PartnersOptions): Promise<Partners> {
    const user = (name: string, agency: string) => ({ user_name: name, password, agency });
    const primero = await startPrimero({
      ...{ clock, seed, faults: faults.primero },
      users: [
        user(account.primero, 'agency-mosvy'),
        user(manager, 'agency-mosvy'),
        user(shelterUser, `agency-${shelter}`),
        user(organisationUser, `agency-${organisation}`),
      ],
    });
    const person = { id: 7, email: account.oscar, password, first_name: 'External', last_name: 'System' };
    const oscar = await startOscar({
      ...{ clock, seed: seed + 1, faults: faults.oscar },
      users: [{ ...person, system: ourNameInOscar }],
      agencies: [{ id: 46, full_name: 'An organisation', short_name: organisation, integrated: true }],
    });
    return new Partners(primero, oscar, requestsPerSecond);
  }

  /** Settings of API and worker with which they exchange records with the two. @param file where to list them */
  async settings(file: string): Promise<NodeJS.ProcessEnv> {
    const common = { secret: 'SPEAN_DRILL_PARTNERS', requestsPerSecond: this.#requestsPerSecond };
    const targets = [
      {
        ...{ id: 'mosvy', system: 'primero', url: this.primero.url, account: account.primero, ...common },
        ...{ serves: { agencies: [shelter], provinces: ['12'] }, users: { [shelter]: shelterUser } },
      },
      {
        ...{ id: 'oscar', system: 'oscar', url: this.oscar.url, account: account.oscar, ...common },
        serves: { agencies: [organisation], provinces: ['12'] },
        contact: { name: 'Referral desk', phone: '012345678' },
      },
    ];
    await writeFile(file, JSON.stringify({ targets }));
    return { SPEAN_EXCHANGE_TARGETS: file, SPEAN_DRILL_PARTNERS: password };
  }

  async close(): Promise<void> {
    await Promise.all([this.primero.close(), this.oscar.close()]);
  }
}
