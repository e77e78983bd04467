import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';

/** A program that calls on behalf of an agency. */
export interface ServiceAccount {
  readonly id: string;
  readonly agency: string;
  readonly title: string;
  readonly scopes: readonly string[];
  /** Networks it calls from (CIDR); none: any. */
  readonly addresses: readonly string[];
  /** Records it may be told or write on one day. */
  readonly dailyRecords: number;
  readonly frozenAt: Instant | null;
}

export const serviceColumns = `a.id, a.agency, a.title, a.scopes, a.addresses::text[] AS addresses,
  a.daily_records AS "dailyRecords", a.frozen_at AS "frozenAt"`;

const findText = `SELECT ${serviceColumns} FROM service_keys k
  JOIN service_accounts a ON a.tenant_id = k.tenant_id AND a.id = k.account
  WHERE k.tenant_id = $1 AND k.key_hash = $2 AND a.closed_at IS NULL AND (k.not_after IS NULL OR k.not_after > $3)`;

export async function findByKey(queries: Queryable, digest: Buffer, now: Instant): Promise<ServiceAccount | undefined> {
  const [row] = await queries.query<ServiceAccount>('service_by_key', findText, [queries.context.tenant, digest, now]);
  return row;
}
