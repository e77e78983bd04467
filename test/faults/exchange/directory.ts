import type { Client } from 'pg';

import { openAccounts } from '../installation/entrance.js';
import { organisation, shelter } from './partners.js';

/** Keeps the cases of the drill. */
export const worker = 'drill-worker-1';
/** Gives cases that came from elsewhere to a worker. */
export const provincial = 'drill-provincial';
/** Looks after the exchange. */
export const integrator = 'drill-integrator';

/** Whoever has a part in the exchange, beside the people of every drill. @param client past row-level security */
export async function fillExchangeDirectory(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO agencies (tenant_id, id, type, title, province) VALUES
       (1, $1, 'ngo', 'An organisation', '12'), (1, $2, 'ngo', 'A shelter', '12'),
       (1, 'pdosvy-12', 'provincial_office', 'Provincial department', '12')`,
    [organisation, shelter],
  );
  await client.query(
    `INSERT INTO staff (tenant_id, id, agency, roles, title, province) VALUES
       (1, $1, 'pdosvy-12', '{PDOSVY_SUP}', 'Staff', '12'), (1, $2, 'mosvy', '{INTEGRATION}', 'Staff', '12')`,
    [provincial, integrator],
  );
  await openAccounts(client);
}
