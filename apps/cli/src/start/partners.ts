import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from '#libs/configuration';
import { demonstrationAgencies } from '#libs/demonstration';
import { stringify } from 'yaml';

/** Stand-ins for a Primero and an OSCaR, with which a demonstration exchanges its made-up records. */
export interface Partners {
  /** As a path within `dist`. */
  readonly program: string;
  /** For them and for the program that speaks to them. */
  readonly env: NodeJS.ProcessEnv;
  /** What to tell whoever started it. */
  readonly lines: readonly string[];
}

const secretBytes = 32;

/**
 * Writes down whom the program exchanges records with, and chooses secrets that hold for this start alone.
 *
 * @throws Error outside a demonstration: made-up partners never get real records
 */
export async function partnersFor({ demonstration, dataDirectory, port }: Configuration): Promise<Partners> {
  if (!demonstration) throw new Error('--partners is for demonstrations: made-up partners never get real records');
  const [primero, oscar] = [port.number + 1, port.number + 2];
  const [primeroUrl, oscarUrl] = [primero, oscar].map((each) => `http://127.0.0.1:${each}`);
  const file = path.join(dataDirectory, 'partners.yaml');
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(file, stringify({ targets: targetsAt(primeroUrl ?? '', oscarUrl ?? '') }), { mode: 0o600 });
  return {
    program: 'test/simulators/demonstration/main.js',
    env: {
      SPEAN_EXCHANGE_TARGETS: file,
      PARTNERS_PRIMERO_PORT: String(primero),
      PARTNERS_OSCAR_PORT: String(oscar),
      PARTNERS_PRIMERO_SECRET: randomBytes(secretBytes).toString('hex'),
      PARTNERS_OSCAR_SECRET: randomBytes(secretBytes).toString('hex'),
    },
    lines: [`  Primero       ${primeroUrl} (a stand-in)`, `  OSCaR         ${oscarUrl} (a stand-in)`],
  };
}

function targetsAt(primero: string, oscar: string): object[] {
  const partners = demonstrationAgencies.filter(({ type }) => type === 'ngo').map(({ id }) => id);
  const offices = demonstrationAgencies.filter(({ province }) => province !== null);
  return [
    {
      id: 'primero-demonstration',
      system: 'primero',
      url: primero,
      account: 'spean',
      secret: 'PARTNERS_PRIMERO_SECRET',
      serves: { provinces: [...new Set(offices.map(({ province }) => province))] },
      requestsPerSecond: 50,
      users: Object.fromEntries(demonstrationAgencies.map(({ id }) => [id, `agency-${id}-user`])),
    },
    {
      id: 'oscar-demonstration',
      system: 'oscar',
      url: oscar,
      account: 'spean@example.org',
      secret: 'PARTNERS_OSCAR_SECRET',
      serves: { agencies: partners },
      requestsPerSecond: 50,
      contact: { name: 'Synthetic desk', phone: '012000000' },
    },
  ];
}
