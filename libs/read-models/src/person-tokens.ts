import type { Queryable, Transaction } from '#libs/database';
import type { IndexToken } from '#libs/privacy';

/** More people than this behind one search are opened by nobody: the search says too little. */
const MOST_CANDIDATES = 50;

/** Puts a person under their present tokens, and under no others. */
export function writeTokens(tx: Transaction, personId: string, tokens: readonly IndexToken[]): void {
  const { tenant } = tx.context;
  tx.send('tokens_clear', 'DELETE FROM person_tokens WHERE tenant_id = $1 AND person_id = $2', [tenant, personId]);
  tx.send(
    'tokens_put',
    `INSERT INTO person_tokens (tenant_id, token, person_id, version)
     SELECT $1, token, $2, version FROM unnest($3::bytea[], $4::smallint[]) AS tokens(token, version)`,
    [tenant, personId, ...columnsOf(tokens)],
  );
}

/** People who share a token, those who share most of them first. */
export async function findByTokens(queries: Queryable, tokens: readonly IndexToken[]): Promise<string[]> {
  const rows = await queries.query<{ id: string }>(
    'tokens_find',
    `SELECT person_id AS id FROM (
       SELECT person_id, count(*) AS shared FROM person_tokens
       JOIN unnest($2::bytea[], $3::smallint[]) AS wanted(token, version) USING (token, version)
       WHERE tenant_id = $1 GROUP BY person_id, version) AS sharing
     GROUP BY person_id ORDER BY max(shared) DESC, person_id LIMIT $4`,
    [queries.context.tenant, ...columnsOf(tokens), MOST_CANDIDATES],
  );
  return rows.map(({ id }) => id);
}

const columnsOf = (tokens: readonly IndexToken[]): [Buffer[], number[]] => [
  tokens.map(({ token }) => token),
  tokens.map(({ version }) => version),
];
