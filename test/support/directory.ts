import type { FreshDatabase } from './database.js';
import { withClient } from './sql.js';

export interface Agency {
  readonly id: string;
  readonly type: string;
  /** Two digits. */
  readonly province?: string;
}

export interface Member {
  readonly id: string;
  readonly agency: string;
  readonly roles: readonly string[];
}

/** Agencies and the people who work there; the part of the program that no interface fills yet. */
export interface Directory {
  readonly agencies: readonly Agency[];
  readonly staff: readonly Member[];
}

export async function fillDirectory({ urls }: FreshDatabase, { agencies, staff }: Directory): Promise<void> {
  await withClient(urls.admin, async (client) => {
    for (const { id, type, province } of agencies) {
      await client.query('INSERT INTO agencies (tenant_id, id, type, title, province) VALUES (1, $1, $2, $1, $3)', [
        id,
        type,
        province ?? null,
      ]);
    }
    for (const { id, agency, roles } of staff) {
      await client.query(
        `INSERT INTO staff (tenant_id, id, agency, roles, title, province)
         SELECT 1, $1, id, $3, $1, province FROM agencies WHERE id = $2`,
        [id, agency, roles],
      );
    }
  });
}
