import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import type { Database, DatabaseContext, Queryable, Transaction } from '#libs/database';

import { keyBytes } from './aes-gcm.js';
import type { MasterKey } from './master-key.js';

/** What tokens are made for: finding people by name, and recognising telephone numbers. */
export type IndexPurpose = 'names' | 'contacts';

export interface IndexKey {
  readonly version: number;
  readonly key: Buffer;
}

interface IndexKeyRow {
  version: number;
  wrapped: string;
}

const founding = 1;
/** How long another process may go on without a version that was added or retired. */
const rememberedForMs = 3_000;

const findText = 'SELECT version, wrapped FROM index_keys WHERE tenant_id = $1 AND purpose = $2 ORDER BY version';

const addText = `INSERT INTO index_keys (tenant_id, purpose, version, master_key_id, wrapped)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`;

/**
 * The keys of tokens by purpose and version, wrapped in the database by the master key, which they outlive. The first is
 * what the master key derives; later ones are random.
 */
export class IndexKeys {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #master: MasterKey;
  readonly #remembered = new Map<IndexPurpose, { keys: readonly IndexKey[]; until: number }>();

  constructor(database: Database, context: DatabaseContext, master: MasterKey) {
    this.#database = database;
    this.#context = context;
    this.#master = master;
  }

  /** Every version in use, the oldest first; there is always one. */
  async of(purpose: IndexPurpose): Promise<readonly IndexKey[]> {
    const remembered = this.#remembered.get(purpose);
    if (remembered !== undefined && remembered.until > performance.now()) {
      return remembered.keys;
    }
    const found = await this.#find(purpose);
    const keys = found.length > 0 ? found : await this.#found(purpose);
    this.#remembered.set(purpose, { keys, until: performance.now() + rememberedForMs });
    return keys;
  }

  /** Adds a version beside those in use. @returns its number */
  async add(purpose: IndexPurpose): Promise<number> {
    const version = ((await this.of(purpose)).at(-1)?.version ?? founding) + 1;
    await this.#put(purpose, version, randomBytes(keyBytes));
    this.#remembered.delete(purpose);
    return version;
  }

  /** Gives up the versions before this one; the database refuses while anything is indexed under them. */
  retireBefore(tx: Transaction, purpose: IndexPurpose, version: number): void {
    tx.send('index_keys_retire', 'DELETE FROM index_keys WHERE tenant_id = $1 AND purpose = $2 AND version < $3', [
      tx.context.tenant,
      purpose,
      version,
    ]);
    tx.afterCommit(() => this.#remembered.delete(purpose));
  }

  async #find(purpose: IndexPurpose): Promise<IndexKey[]> {
    const rows = await this.#database.read(this.#context, (queries: Queryable) =>
      queries.query<IndexKeyRow>('index_keys_find', findText, [queries.context.tenant, purpose]),
    );
    return Promise.all(
      rows.map(async ({ version, wrapped }) => ({
        version,
        key: await this.#master.unwrap(wrapped, indexKeyContext(this.#context.tenant, purpose, version)),
      })),
    );
  }

  /** Of several that come first, all derive the same. */
  async #found(purpose: IndexPurpose): Promise<IndexKey[]> {
    await this.#put(purpose, founding, await this.#master.derive(derivations[purpose]));
    return this.#find(purpose);
  }

  async #put(purpose: IndexPurpose, version: number, key: Buffer): Promise<void> {
    const { tenant } = this.#context;
    const wrapped = await this.#master.wrap(key, indexKeyContext(tenant, purpose, version));
    await this.#database.unitOfWork.run(this.#context, (tx) =>
      tx.send('index_keys_add', addText, [tenant, purpose, version, this.#master.id, wrapped]),
    );
  }
}

const derivations: Record<IndexPurpose, string> = { names: 'blind index 1', contacts: 'contact tokens' };

export const indexKeyContext = (tenant: number, purpose: string, version: number): string =>
  `${tenant}|index|${purpose}|${version}`;
