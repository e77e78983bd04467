import type { Database, DatabaseContext, Transaction } from '#libs/database';

import type { KeyRing } from './key-ring.js';
import { masterKeysInUse } from './keys-in-use.js';
import { ownColumns, type WrappedColumn } from './wrapped-column.js';

export interface Rotation {
  /** The master key that wraps everything when this is done. */
  masterKey: string;
  rewrapped: number;
  /** Other master keys that still wrap something; a key that is not among them can be destroyed. */
  stillInUse: string[];
}

interface RotationParts {
  database: Database;
  context: DatabaseContext;
  masterKey: KeyRing;
}

type WrappedRow = Record<string, string>;

const batch = 500;

const findText = ({ table, id, wrapped, masterKeyId }: WrappedColumn): string => {
  const columns = Object.keys(id);
  return `SELECT ${columns.map((column) => `${column}::text`).join(', ')}, ${wrapped} AS wrapped FROM ${table}
    WHERE tenant_id = $1 AND ${wrapped} IS NOT NULL AND (${masterKeyId} = ANY ($2::text[]) OR ${masterKeyId} IS NULL)
    ORDER BY ${columns.map((column) => `${table}.${column}`).join(', ')} LIMIT $3 FOR UPDATE`;
};

const putText = ({ table, id, wrapped, masterKeyId }: WrappedColumn): string => {
  const columns = Object.entries(id);
  const arrays = columns.map(([, type], index) => `$${index + 4}::${type}[]`);
  const same = columns.map(([column]) => `${table}.${column} = again.${column}`);
  return `UPDATE ${table} SET ${masterKeyId} = $2, ${wrapped} = again.text
    FROM unnest($3::text[], ${arrays.join(', ')}) AS again(text, ${columns.map(([column]) => column).join(', ')})
    WHERE tenant_id = $1 AND ${same.join(' AND ')}`;
};

/**
 * Wraps by the present master key what another one wrapped, batch by batch, each in one transaction. What it seals stays
 * as it is. Broken off, it goes on where it stopped when it is called again.
 *
 * @param elsewhere what other libraries have had wrapped
 * @param progress told after each batch how many keys were wrapped anew
 */
export async function rotateKeys(
  { database, context, masterKey }: RotationParts,
  elsewhere: readonly WrappedColumn[],
  progress: (rewrapped: number) => void = () => undefined,
): Promise<Rotation> {
  const columns = [...ownColumns, ...elsewhere];
  let rewrapped = 0;
  for (const column of columns) {
    for (let again = batch; again === batch;) {
      again = await database.unitOfWork.run(context, (tx) => rewrap(tx, masterKey, column));
      rewrapped += again;
      if (again > 0) progress(rewrapped);
    }
  }
  const inUse = await database.read(context, (queries) => masterKeysInUse(queries, columns));
  return { masterKey: masterKey.id, rewrapped, stillInUse: inUse.filter((id) => id !== masterKey.id) };
}

async function rewrap(tx: Transaction, ring: KeyRing, column: WrappedColumn): Promise<number> {
  const { tenant } = tx.context;
  const name = `${column.table}_${column.wrapped}`;
  const others = ring.ids.filter((id) => id !== ring.id);
  const rows = await tx.query<WrappedRow>(`rotate_${name}`, findText(column), [tenant, others, batch]);
  if (rows.length === 0) return 0;
  const again = await Promise.all(
    rows.map(async ({ wrapped = '', ...id }) => {
      const context = column.contextOf(tenant, id);
      return ring.wrap(await ring.unwrap(wrapped, context), context);
    }),
  );
  const ids = Object.keys(column.id).map((each) => rows.map((row) => row[each]));
  tx.send(`rotated_${name}`, putText(column), [tenant, ring.id, again, ...ids]);
  return rows.length;
}
