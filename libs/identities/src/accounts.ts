import type { Queryable, Transaction } from '#libs/database';

/** An account with what its proofs are compared with. Those of people who left are not found. */
export interface Account {
  readonly staffId: string;
  readonly agency: string;
  readonly title: string;
  readonly passwordHash: string | undefined;
  /** Wrapped. */
  readonly totpSecret: string | undefined;
  readonly totpOffered: string | undefined;
  /** Time step of the last code that was accepted. */
  readonly totpStep: number;
  readonly passkeys: number;
}

interface AccountRow {
  staff_id: string;
  agency: string;
  title: string;
  password_hash: string | null;
  totp_secret: string | null;
  totp_offered: string | null;
  totp_step: number;
  passkeys: number;
}

const findText = `SELECT a.staff_id, s.agency, s.title, a.password_hash, a.totp_secret, a.totp_offered, a.totp_step,
    (SELECT count(*)::int FROM passkeys p WHERE p.tenant_id = a.tenant_id AND p.staff_id = a.staff_id) AS passkeys
  FROM accounts a JOIN staff s ON s.tenant_id = a.tenant_id AND s.id = a.staff_id
  WHERE a.tenant_id = $1 AND a.staff_id = $2 AND a.closed_at IS NULL AND s.active`;

export async function findAccount(queries: Queryable, staffId: string): Promise<Account | undefined> {
  const rows = await queries.query<AccountRow>('account_find', findText, [queries.context.tenant, staffId]);
  return accountOf(rows);
}

/** The same, held until the transaction ends: no two proofs of one account are judged at the same time. */
export async function lockAccount(tx: Transaction, staffId: string): Promise<Account | undefined> {
  const rows = await tx.query<AccountRow>('account_lock', `${findText} FOR UPDATE OF a`, [tx.context.tenant, staffId]);
  return accountOf(rows);
}

function accountOf([row]: AccountRow[]): Account | undefined {
  if (row === undefined) return undefined;
  return {
    staffId: row.staff_id,
    agency: row.agency,
    title: row.title,
    passwordHash: row.password_hash ?? undefined,
    totpSecret: row.totp_secret ?? undefined,
    totpOffered: row.totp_offered ?? undefined,
    totpStep: row.totp_step,
    passkeys: row.passkeys,
  };
}

/** Whether its owner has anything besides the password to prove themselves with. */
export const hasSecondFactor = ({ totpSecret, passkeys }: Account): boolean => totpSecret !== undefined || passkeys > 0;
