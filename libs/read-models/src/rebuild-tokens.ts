import { loadPerson } from '#libs/case-log';
import type { Database, DatabaseContext, Transaction } from '#libs/database';
import type { BlindIndex, IndexKeys, Sealer } from '#libs/privacy';
import { writeTokens } from './person-tokens.js';

interface RebuildParts {
  database: Database;
  context: DatabaseContext;
  sealer: Sealer;
  indexKeys: IndexKeys;
  blindIndex: BlindIndex;
}

export interface Rebuilt {
  /** The version that everybody is found under now. */
  version: number;
  people: number;
}

const BATCH = 200;

/** Those who stand under an old version and not under the new one, whoever wrote them there meanwhile. */
const waitingText = `SELECT DISTINCT person_id AS id FROM person_tokens old
  WHERE tenant_id = $1 AND version < $2 AND NOT EXISTS (SELECT FROM person_tokens new
    WHERE new.tenant_id = $1 AND new.version = $2 AND new.person_id = old.person_id)
  ORDER BY person_id LIMIT $3`;

/**
 * Puts everybody under tokens of a new key beside the old ones, so that people are found all the while, and retires the
 * old ones when nobody stands under them alone. Broken off, it leaves both, and goes on with the last one that was begun.
 */
export async function rebuildTokens(parts: RebuildParts): Promise<Rebuilt> {
  const { database, context, indexKeys } = parts;
  const inUse = await indexKeys.of('names');
  const begun = inUse.length > 1 ? inUse.at(-1)?.version : undefined;
  const version = begun ?? (await indexKeys.add('names'));
  let people = 0;
  for (;;) {
    people += await moveAll(parts, version);
    const retired = await database.unitOfWork.run(context, (tx) => retire(tx, indexKeys, version));
    if (retired) return { version, people };
  }
}

async function moveAll({ database, context, sealer, blindIndex }: RebuildParts, version: number): Promise<number> {
  let people = 0;
  for (let moved = BATCH; moved === BATCH; people += moved) {
    moved = await database.unitOfWork.run(context, async (tx) => {
      const waiting = await waitingFor(tx, version, BATCH);
      await sealer.prefetch(tx, waiting);
      for (const id of waiting) {
        // Holding the person's stream keeps a command from writing other names in between.
        await tx.query('tokens_lock', 'SELECT FROM streams WHERE tenant_id = $1 AND stream_id = $2 FOR UPDATE', [
          tx.context.tenant,
          id,
        ]);
        const { state } = await loadPerson(tx, sealer, id);
        writeTokens(tx, id, await blindIndex.tokensOf(state.identity));
      }
      return waiting.length;
    });
  }
  return people;
}

/** Whoever writes waits until the old version is gone, and is then refused it by the database. */
async function retire(tx: Transaction, indexKeys: IndexKeys, version: number): Promise<boolean> {
  tx.send('tokens_hold', 'LOCK TABLE person_tokens IN SHARE ROW EXCLUSIVE MODE');
  const late = await waitingFor(tx, version, 1);
  if (late.length > 0) return false;
  tx.send('tokens_retire', 'DELETE FROM person_tokens WHERE tenant_id = $1 AND version < $2', [
    tx.context.tenant,
    version,
  ]);
  indexKeys.retireBefore(tx, 'names', version);
  return true;
}

async function waitingFor(tx: Transaction, version: number, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('tokens_waiting', waitingText, [tx.context.tenant, version, most]);
  return rows.map(({ id }) => id);
}
