import { createHmac } from 'node:crypto';

import type { MasterKey } from '#libs/privacy';

import { hashPassword } from './passwords/hashing.js';
import type { IdentityParts } from './parts.js';

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

/** The password of a demonstration account: the same at each start, and another in each installation. */
export async function demonstrationPassword(masterKey: MasterKey, staffId: string): Promise<string> {
  const key = await masterKey.derive('demonstration passwords');
  const bytes = createHmac('sha256', key).update(staffId).digest();
  const letters = [...bytes.subarray(0, groups * groupLength)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return letters.match(new RegExp(`.{${groupLength}}`, 'gu'))?.join('-') ?? letters;
}

type Parts = Pick<IdentityParts, 'database' | 'context' | 'clock' | 'masterKey'>;

/** Opens accounts for members of staff who are made up; who has one keeps it. */
export async function openDemonstrationAccounts(parts: Parts, staffIds: readonly string[]): Promise<void> {
  const { database, context, clock, masterKey } = parts;
  const missing = await database.read(context, (queries) =>
    queries.query<{ id: string }>(
      'demonstration_accounts_missing',
      `SELECT id FROM unnest($2::text[]) AS id
       WHERE NOT EXISTS (SELECT FROM accounts WHERE tenant_id = $1 AND staff_id = id)`,
      [context.tenant, staffIds],
    ),
  );
  const hashes = await Promise.all(
    missing.map(async ({ id }) => ({ id, hash: await hashPassword(await demonstrationPassword(masterKey, id)) })),
  );
  await database.unitOfWork.run(context, (tx) => {
    for (const { id, hash } of hashes) {
      tx.send(
        'demonstration_account',
        `INSERT INTO accounts (tenant_id, staff_id, password_hash, password_set_at, demonstration, opened_at)
         VALUES ($1, $2, $3, $4, true, $4) ON CONFLICT DO NOTHING`,
        [context.tenant, id, hash, clock.now()],
      );
    }
  });
}

/** Accounts whose passwords anybody who started the program has read. */
export class DemonstrationAccountsOpen extends Error {
  override readonly name = 'DemonstrationAccountsOpen';
}

/** @throws DemonstrationAccountsOpen: real children do not belong behind printed passwords */
export async function assertNoDemonstrationAccounts({ database, context }: Parts): Promise<void> {
  const open = await database.read(context, (queries) =>
    queries.query<{ staff_id: string }>(
      'demonstration_accounts_open',
      'SELECT staff_id FROM accounts WHERE tenant_id = $1 AND demonstration AND closed_at IS NULL LIMIT 1',
      [context.tenant],
    ),
  );
  if (open.length > 0) throw new DemonstrationAccountsOpen('The database holds demonstration accounts');
}
