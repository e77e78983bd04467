import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startOscar, type SimulatedOscar } from '../../simulators/oscar/start-oscar.js';
import { startPrimero, type SimulatedPrimero } from '../../simulators/primero/start-primero.js';
import { canaries, planted } from './canaries.js';
import { once, type Place } from './places.js';

/** Secrets that nobody could mistake. They belong into the header or body of a sign-in, and nowhere else. */
export const secrets = {
  primeroSecret: 'kanary-secret-of-primero-4711',
  oscarSecret: 'kanary-secret-of-oscar-4712',
  /** Of a program that calls us as if we were one of them. */
  serviceKey: 'spk_kanaryKeyOfAServiceAccountKanaryKeyOf4713xx',
};

const account = 'spean@example.org';
const system = 'MoSVY External System';
const organisations = ['ngo-bridge', 'ngo-lotus'];
const provinces = Array.from({ length: 25 }, (_, index) => String(index + 1).padStart(2, '0'));
const clock = { now: () => new Date().toISOString() };

/** A Primero and an OSCaR that the installation exchanges records with. */
export class Neighbours {
  private constructor(
    readonly primero: SimulatedPrimero,
    readonly oscar: SimulatedOscar,
    /** What the installation has to be told to find them. */
    readonly settings: NodeJS.ProcessEnv,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Neighbours> {
    const acting = organisations.map((name) => [name, `agency-${name}-user`] as const);
    const primero = await startPrimero({
      ...{ clock, seed: 1 },
      users: [
        { user_name: account, password: secrets.primeroSecret, agency: 'agency-mosvy' },
        ...acting.map(([name, user_name]) => ({ user_name, password: 'unused', agency: `agency-${name}` })),
      ],
      agencies: ['mosvy', ...organisations].map((id) => ({ id: `agency-${id}`, name: id })),
    });
    const oscar = await startOscar({
      ...{ clock, seed: 2 },
      users: [{ id: 1, email: account, password: secrets.oscarSecret, first_name: 'A', last_name: 'B', system }],
      agencies: organisations.map((short_name, id) => ({ id, full_name: short_name, short_name, integrated: true })),
    });
    const common = { account, requestsPerSecond: 100 };
    const targets = [
      {
        ...{ ...common, id: 'mosvy', system: 'primero', url: primero.url, secret: 'DRILL_PRIMERO_SECRET' },
        ...{ serves: { provinces }, users: Object.fromEntries(acting) },
      },
      {
        ...{ ...common, id: 'oscar', system: 'oscar', url: oscar.url, secret: 'DRILL_OSCAR_SECRET' },
        ...{ serves: { agencies: organisations }, contact: { name: 'Referral desk', phone: '012345678' } },
      },
    ];
    const folder = await mkdtemp(path.join(tmpdir(), 'spean-drill-targets-'));
    const file = path.join(folder, 'targets.yaml');
    await writeFile(file, JSON.stringify({ targets }), { mode: 0o600 });
    const settings = {
      SPEAN_EXCHANGE_TARGETS: file,
      DRILL_PRIMERO_SECRET: secrets.primeroSecret,
      DRILL_OSCAR_SECRET: secrets.oscarSecret,
    };
    return new Neighbours(primero, oscar, settings, folder);
  }

  /** A child that each of them tells us of. */
  openCases(): void {
    this.primero.staff.openCase(account, {
      name_first: `${canaries.givenNameKm} (${canaries.givenNameLatin})`,
      name_last: `${canaries.familyNameKm} (${canaries.familyNameLatin})`,
      ...{ sex: 'female', date_of_birth: '2012-04-05', telephone_current: canaries.phoneAsWritten },
      ...{ address_current: canaries.address, mosvy_number: canaries.ministryNumber },
    });
    const client = this.oscar.staff.openClient('ngo-bridge', {
      ...{ given_name: canaries.givenNameLatin, family_name: canaries.familyNameLatin, gender: 'female' },
      ...{ local_given_name: canaries.givenNameKm, local_family_name: canaries.familyNameKm },
      ...{ date_of_birth: '2012-04-05', location: '12010101' },
    });
    this.oscar.staff.referOut(client, system, {
      ...{ services: ['Kinship care'], reason: canaries.narrative, risk: 'high' },
    });
  }

  /** How many requests took a child's name along, which is what they are for. */
  get named(): number {
    return this.#requests.filter(({ body = '' }) => body.includes(canaries.givenNameKm)).length;
  }

  /** What a line of a proxy would hold of each request: the address and the headers, without the one that signs in. */
  seen(): Place {
    return once(async () => {
      await fetch(`${this.primero.url}/api/v2/${planted}`);
      const lines = this.#requests.map(({ method, url, headers: { authorization: _secret, ...headers } }) =>
        [method, url, decodeURIComponent(url.replaceAll('+', ' ')), JSON.stringify(headers)].join(' '),
      );
      return Buffer.from(lines.join('\n'));
    });
  }

  /** Whether a secret went along with anything but a sign-in. */
  get toldSecrets(): boolean {
    const records = this.#requests.filter(({ url }) => !/admin_auth|tokens/.test(url));
    return records.some(({ body = '' }) => Object.values(secrets).some((secret) => body.includes(secret)));
  }

  async stop(): Promise<void> {
    await Promise.all([this.primero.close(), this.oscar.close()]);
    await rm(this.folder, { recursive: true });
  }

  get #requests() {
    return [...this.primero.requests, ...this.oscar.requests];
  }
}
