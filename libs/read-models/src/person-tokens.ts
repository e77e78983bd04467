import type { Queryable, Transaction } from '#libs/database';
import { blindIndexVersion } from '#libs/privacy';

/** More people than this behind one search are opened by nobody: the search says too little. */
const MOST_CANDIDATES = 50;

/** Puts a person under their present tokens, and under no others. */
export function writeTokens(tx: Transaction, personId: string, tokens: readonly Buffer[]): void {
  const { tenant } = tx.context;
  tx.send('tokens_clear', 'DELETE FROM person_tokens WHERE tenant_id = $1 AND person_id = $2', [tenant, personId]);
  tx.send(
    'tokens_put',
    'INSERT INTO person_tokens (tenant_id, token, person_id, version) SELECT $1, token, $2, $3 FROM unnest($4::bytea[]) AS token',
    [tenant, personId, blindIndexVersion, tokens],
  );
}

/** People who share a token, those who share most of them first. */
export async function findByTokens(queries: Queryable, tokens: readonly Buffer[]): Promise<string[]> {
  const rows = await queries.query<{ id: string }>(
    'tokens_find',
    `SELECT person_id AS id FROM person_tokens WHERE tenant_id = $1 AND token = ANY ($2::bytea[]) AND version = $3
     GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT $4`,
    [queries.context.tenant, tokens, blindIndexVersion, MOST_CANDIDATES],
  );
  return rows.map(({ id }) => id);
}
