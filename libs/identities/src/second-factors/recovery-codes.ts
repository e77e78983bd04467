import { randomInt } from 'node:crypto';

import type { Transaction } from '#libs/database';
import type { Instant } from '#libs/calendar';

import { digestOf } from '../secret-token.js';

const howMany = 10;
/** Without letters and digits that look alike on paper. 24 of them are 120 bits, so that a fast digest is enough. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789';
const length = 24;
const groupLength = 4;

/** Makes new codes; older ones count no more. @returns them as they are shown, once */
export async function makeRecoveryCodes(tx: Transaction, staffId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, randomCode);
  const { tenant } = tx.context;
  tx.send('recovery_forget', 'DELETE FROM recovery_codes WHERE tenant_id = $1 AND staff_id = $2', [tenant, staffId]);
  tx.send(
    'recovery_add',
    'INSERT INTO recovery_codes (tenant_id, staff_id, code_hash) SELECT $1, $2, unnest($3::bytea[])',
    [tenant, staffId, codes.map((code) => digestOf(canonical(code)))],
  );
  return codes;
}

const useText = `UPDATE recovery_codes SET used_at = $4
  WHERE tenant_id = $1 AND staff_id = $2 AND code_hash = $3 AND used_at IS NULL RETURNING used_at`;

/** @returns whether it was one of theirs and had not been used */
export async function useRecoveryCode(tx: Transaction, staffId: string, code: string, now: Instant): Promise<boolean> {
  const values = [tx.context.tenant, staffId, digestOf(canonical(code)), now];
  return (await tx.query('recovery_use', useText, values)).length > 0;
}

function randomCode(): string {
  const letters = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  return letters.replace(new RegExp(`(.{${groupLength}})(?=.)`, 'g'), '$1-');
}

/** However it was typed from paper. */
const canonical = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');
