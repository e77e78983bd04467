import type { Transaction } from '#libs/database';

/** A read-model table whose rows are a pure function of the log. */
export interface Table<Row extends object> {
  name: string;
  key: readonly (keyof Row & string)[];
  columns: readonly (keyof Row & string)[];
}

const statements = new Map<string, string>();

/** Writes rows of one table in one statement; a row that is there already is replaced. */
export function putRows<Row extends object>(tx: Transaction, table: Table<Row>, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const tenant = tx.context.tenant;
  const json = JSON.stringify(rows.map((row) => ({ tenant_id: tenant, ...row })));
  tx.send(`put_${table.name}`, statementFor(table), [json]);
}

/** Removes rows of one table by their keys in one statement. */
export function dropRows<Row extends object>(tx: Transaction, { name, key }: Table<Row>, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const gone = key.map((column) => `${name}.${column} = gone.${column}`).join(' AND ');
  tx.send(
    `drop_${name}`,
    `DELETE FROM ${name} USING json_populate_recordset(null::${name}, $2) gone WHERE ${name}.tenant_id = $1 AND ${gone}`,
    [tx.context.tenant, JSON.stringify(rows)],
  );
}

function statementFor<Row extends object>({ name, key, columns }: Table<Row>): string {
  const known = statements.get(name);
  if (known !== undefined) return known;
  const all = ['tenant_id', ...columns].join(', ');
  const changed = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
  const text = `INSERT INTO ${name} (${all}) SELECT ${all} FROM json_populate_recordset(null::${name}, $1)
    ON CONFLICT (tenant_id, ${key.join(', ')}) DO ${changed.length === 0 ? 'NOTHING' : `UPDATE SET ${changed.join(', ')}`}`;
  statements.set(name, text);
  return text;
}
