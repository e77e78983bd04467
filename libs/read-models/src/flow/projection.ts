import type { CaseEventData } from '#libs/cases';
import type { Transaction } from '#libs/database';
import type { FeedEvent, Projection } from '#libs/event-store';

/** Raised when the counts mean something else: the new version is built beside the one in use, from the first event. */
export const flowVersion = 1;

/** Where a case without a province is counted. */
const UNKNOWN = 'unknown';

/** Counts the transitions of all cases by month, pathway and province. */
export const flowProjection: Projection = {
  name: 'pathway_flow',
  version: flowVersion,
  apply: async (tx, events) => {
    // A case is opened and enrolled once, before it moves; so the order within a batch may be by kind.
    remember(
      tx,
      events.filter(({ type }) => type === 'CaseOpened'),
    );
    enrol(
      tx,
      events.filter(({ type }) => type === 'CaseEnrolled'),
    );
    count(
      tx,
      events.filter(({ type }) => type === 'TransitionTaken'),
    );
    return Promise.resolve();
  },
};

/** Forgets all counts: the follower begins again at the first event. */
export function restartFlow(tx: Transaction): void {
  const values = [tx.context.tenant, flowVersion];
  // The follower's own lock: without it, rows of a step under way would be counted again after the restart.
  tx.send('flow_lock', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `spean ${tx.context.tenant} ${flowProjection.name} ${flowVersion}`,
  ]);
  tx.send('flow_forget_cases', 'DELETE FROM flow_cases WHERE tenant_id = $1 AND projection = $2', values);
  tx.send('flow_forget', 'DELETE FROM pathway_flow WHERE tenant_id = $1 AND projection = $2', values);
  tx.send(
    'flow_forget_checkpoint',
    'DELETE FROM checkpoints WHERE tenant_id = $1 AND version = $2 AND projection = $3',
    [...values, flowProjection.name],
  );
}

function remember(tx: Transaction, opened: readonly FeedEvent[]): void {
  const rows = opened.map(({ streamId, data }) => ({
    stream_id: streamId,
    province: (data as Partial<CaseEventData['CaseOpened']>).province ?? UNKNOWN,
  }));
  send(
    tx,
    'flow_opened',
    rows,
    `INSERT INTO flow_cases (tenant_id, stream_id, projection, province)
    SELECT $1, stream_id, $2, province FROM json_to_recordset($3) AS (stream_id uuid, province text)
    ON CONFLICT DO NOTHING`,
  );
}

function enrol(tx: Transaction, enrolled: readonly FeedEvent[]): void {
  const rows = enrolled.map(({ streamId, data }) => ({ stream_id: streamId, pathway: data['pathway'] }));
  send(
    tx,
    'flow_enrolled',
    rows,
    `UPDATE flow_cases SET pathway = e.pathway
    FROM json_to_recordset($3) AS e (stream_id uuid, pathway text)
    WHERE flow_cases.tenant_id = $1 AND flow_cases.projection = $2 AND flow_cases.stream_id = e.stream_id`,
  );
}

function count(tx: Transaction, taken: readonly FeedEvent[]): void {
  const rows = taken.map(({ streamId, recordedAt, data }) => ({
    stream_id: streamId,
    month: `${recordedAt.slice(0, 7)}-01`,
    transition: data['transition'],
  }));
  send(
    tx,
    'flow_taken',
    rows,
    `INSERT INTO pathway_flow (tenant_id, projection, month, pathway, transition, province, count)
    SELECT $1, $2, t.month, coalesce(c.pathway, '${UNKNOWN}'), t.transition, c.province, count(*)
    FROM json_to_recordset($3) AS t (stream_id uuid, month date, transition text)
    JOIN flow_cases c ON c.tenant_id = $1 AND c.projection = $2 AND c.stream_id = t.stream_id
    GROUP BY t.month, c.pathway, t.transition, c.province
    ON CONFLICT (tenant_id, projection, month, pathway, transition, province)
      DO UPDATE SET count = pathway_flow.count + excluded.count`,
  );
}

function send(tx: Transaction, name: string, rows: readonly object[], text: string): void {
  if (rows.length > 0) tx.send(name, text, [tx.context.tenant, flowVersion, JSON.stringify(rows)]);
}
