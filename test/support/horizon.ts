import type { Database, DatabaseContext } from '#libs/database';
import { eventually } from './eventually.js';

const newestText = 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS newest';
const runsText = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint < $1 AS runs';

/**
 * Until every transaction is over that had begun before now, in whichever database of the server: feeds and checkpoints
 * leave out what lies past the oldest one, and the test beside this one may be making a database.
 */
export async function nothingOlderRuns(database: Database, context: DatabaseContext): Promise<void> {
  const ask = async <Row extends object>(name: string, text: string, values: unknown[] = []) => {
    const [row] = await database.read(context, (queries) => queries.query<Row>(name, text, values));
    return row as Row;
  };
  const { newest } = await ask<{ newest: number }>('horizon_newest', newestText);
  await eventually(async () => {
    const { runs } = await ask<{ runs: boolean }>('horizon_runs', runsText, [newest]);
    if (runs) throw new Error('a transaction from before still runs');
  }, 60_000);
}
