import { createHash } from 'node:crypto';

import type { Client } from 'pg';

import { runOpenfn } from '../../simulators/openfn/run-openfn.js';
import { canaries } from './canaries.js';
import { secrets } from './neighbours.js';

const id = 'svc-drill';

/** An account for a program of another system, with a key that nobody could mistake. */
export async function openServiceAccount(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO service_accounts (tenant_id, id, agency, title, scopes, addresses, daily_records, created_by, created_at)
     VALUES (1, $1, 'mosvy', 'A drill', '{primero,oscar}', '{}', 100000, 'drill', now())`,
    [id],
  );
  await client.query(
    `INSERT INTO service_keys (tenant_id, id, account, key_hash, created_at)
     VALUES (1, gen_random_uuid(), $1, $2, now())`,
    [id, createHash('sha256').update(secrets.serviceKey).digest()],
  );
}

/**
 * The live integration's hour with both addresses ours, and records that go wrong. @returns the tokens that were given out,
 * by the call that gave them, or undefined when the run was stopped
 */
export async function anHourOfJobs(address: string): Promise<Record<string, string> | undefined> {
  const authorization = `Basic ${Buffer.from(`${id}:${secrets.serviceKey}`).toString('base64')}`;
  const child = {
    ...{ module_id: 'primeromodule-cp', sex: 'female', date_of_birth: '2012-04-05', location_current: '12010101' },
    name_first: `${canaries.givenNameKm} (${canaries.givenNameLatin})`,
    name_last: `${canaries.familyNameKm} (${canaries.familyNameLatin})`,
    services_section: [
      {
        ...{ service_response_type: 'referral_to_oscar', service_implementing_agency: 'agency-ngo-bridge' },
        ...{ service_type: 'counselling', service_subtype: ['counselling_trauma'] },
        service_referral_notes: canaries.narrative,
      },
    ],
  };
  // The second holds a name where a date belongs, and waits for a person.
  for (const data of [child, { ...child, date_of_birth: canaries.givenNameLatin }]) {
    await fetch(`${address}/primero/api/v2/cases`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ data }),
    });
  }
  const { exchanges, stoppedBy } = await runOpenfn({
    primero: { url: `${address}/primero`, userName: id, password: secrets.serviceKey, wrapping: 1 },
    oscar: { url: `${address}/oscar`, email: `${id}@example.org`, password: secrets.serviceKey },
    since: '2022-12-19T00:00:04.400Z',
    owners: { referred: 'mgrpnh', shared: 'agency-cif-user' },
  });
  if (stoppedBy !== undefined) return undefined;
  const given = exchanges.map(({ headers, body }) => headers['access-token'] ?? (body as { token?: string }).token);
  return Object.fromEntries(
    given.flatMap((token, index) => (typeof token === 'string' ? [[`token ${index}`, token]] : [])),
  );
}
