import type { Pool, PoolClient } from 'pg';

import { DatabaseUnavailable } from './errors.js';

/** @throws DatabaseUnavailable when the pool can give no connection. */
export async function borrow(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new DatabaseUnavailable('no connection to the database', { cause: error });
  }
}
