import { contextOf } from '#libs/access';
import { Database } from '#libs/database';
import { verify, type Verification } from '#libs/event-store';
import { loadPathways } from '#libs/pathway-files';
import { differences } from '#libs/read-models';

import type { EscalationRow } from './check/escalations.js';
import type { LoggedEvent } from './check/logged-event.js';
import type { InboxRow, OutboxRow } from './check/notices.js';
import type { Stage } from './installation/stage.js';

/** Everything that the database holds after the last restart, as far as it is judged. */
export interface Evidence {
  readonly events: readonly LoggedEvent[];
  readonly escalations: readonly EscalationRow[];
  readonly outbox: readonly OutboxRow[];
  readonly inbox: readonly InboxRow[];
  /** Who keeps each case. */
  readonly owners: ReadonlyMap<string, string>;
}

const texts = {
  events: `SELECT stream_id AS "streamId", version, command_id AS "commandId", command_ord AS "commandOrd", type, data,
    (extract(epoch FROM recorded_at) * 1000)::float8 AS "recordedAt" FROM events ORDER BY stream_id, version`,
  escalations: 'SELECT stream_id AS "streamId", deadline, rung FROM escalations',
  outbox: `SELECT stream_id AS "streamId", version, done_at IS NOT NULL AS done FROM outbox WHERE kind = 'notification'`,
  inbox: 'SELECT stream_id AS "streamId", version, recipient FROM inbox',
  owners: 'SELECT stream_id, owner FROM case_summary',
};

export function gather(stage: Stage): Promise<Evidence> {
  return stage.asAdmin(async (client) => {
    const owners = await client.query<{ stream_id: string; owner: string }>(texts.owners);
    return {
      events: (await client.query<LoggedEvent>(texts.events)).rows,
      escalations: (await client.query<EscalationRow>(texts.escalations)).rows,
      outbox: (await client.query<OutboxRow>(texts.outbox)).rows,
      inbox: (await client.query<InboxRow>(texts.inbox)).rows,
      owners: new Map(owners.rows.map(({ stream_id: id, owner }) => [id, owner])),
    };
  });
}

export interface LogVerdict {
  readonly verification: Verification;
  /** Places where a read model says something else than a replay of the log, as far as they are listed. */
  readonly differences: readonly string[];
}

const listedDifferences = 20;
const context = contextOf(1);

/** Whether versions have no gap, chains verify, and read models equal the log. */
export async function examineLog(stage: Stage): Promise<LogVerdict> {
  const database = await Database.open({ url: stage.urls.program, applicationName: 'spean drill' });
  try {
    const verification = await database.read(context, (queries) => verify(queries));
    const found: string[] = [];
    for await (const { table, stream, key, column } of differences({ database, context, pathways: loadPathways() })) {
      found.push(`${table} ${stream} ${key} ${column}`);
      if (found.length === listedDifferences) break;
    }
    return { verification, differences: found };
  } finally {
    await database.close();
  }
}
