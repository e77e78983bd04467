import { localDateOf } from '#libs/calendar';
import type { ReceivedReferral } from '#libs/cases';
import { receiveRecord } from '#libs/record-exchange';
import type { ConnectorTools } from '../connector.js';
import { later } from '../asking/breaker.js';
import { loadCursor, moveCursor } from '../ledger/cursor.js';
import type { Heard } from '../ledger/heard.js';
import type { OscarClient, OscarRecord } from './oscar-client.js';

const beginning = '2000-01-01';
const dayMs = 24 * 60 * 60_000;

/**
 * Takes in the clients that changed since last time. OSCaR counts whole days, on its own clock, so the day before is read
 * again; a client that has not changed is known by its content and changes nothing.
 */
export async function pullOscar(tools: ConnectorTools, client: OscarClient, heard: Heard): Promise<number> {
  const { parts, target } = tools;
  const cursor = await loadCursor(parts, target.id);
  heard.begin(cursor);
  const until = parts.clock.now();
  const since = cursor === undefined ? beginning : localDateOf(later(cursor, -dayMs), parts.calendar.zone);
  const clients = await client.clientsSince(since);
  await takeClients(tools, clients, heard);
  await moveCursor(parts, target.id, until);
  heard.end(until);
  return clients.length;
}

/** Takes in clients as OSCaR lists them now, and goes into those alone that say something else than before. */
export async function takeClients(tools: ConnectorTools, clients: readonly OscarRecord[], heard: Heard): Promise<void> {
  const { parts, target, ledger } = tools;
  for (const client of clients) {
    const key = JSON.stringify([client['organization_name'], client['slug'], client['global_id']]);
    const told = heard.compare(key, client);
    if (told === 'same') continue;
    const { kind } = await receiveRecord(parts, 'oscar', client, {
      target: target.id,
      // OSCaR tells no time of change: a client that is again as it once was looks like old news otherwise.
      ...(told === 'changed' ? { current: true } : {}),
      toldLast: (caseId) => ledger.lastTold(caseId),
      knownAs: (caseId, theirs) => ourReferrals(tools, caseId, theirs),
    });
    if (kind !== 'quarantined' && kind !== 'still_quarantined') heard.remember(key, client);
  }
}

interface AskedRow {
  readonly referral_id: string;
  readonly foreign_key: string | null;
  readonly service: string;
  readonly to_agency: string;
}

/**
 * Which of ours are meant. OSCaR keeps no id of ours: the first time, a referral of theirs is the one that we sent to that
 * organisation for that service, if there is just one that it has not been given a number for; from then on it is known by
 * the number.
 */
async function ourReferrals(
  { parts: { database, context }, target }: ConnectorTools,
  caseId: string,
  theirs: readonly ReceivedReferral[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await database.read(context, (queries) =>
    queries.query<AskedRow>('exchange_asked', askedText, [context.tenant, target.id, caseId]),
  );
  const known = new Map(rows.flatMap((row) => (row.foreign_key === null ? [] : [[row.foreign_key, row.referral_id]])));
  const open = rows.filter(({ foreign_key: key }) => key === null);
  for (const { key, service, toAgency, fromAgency } of theirs.filter((each) => !known.has(each.key))) {
    const meant = open.filter(
      (row) => row.service === service.code && (row.to_agency === toAgency || row.to_agency === fromAgency),
    );
    const [only] = meant;
    if (only === undefined || meant.length > 1) continue;
    open.splice(open.indexOf(only), 1);
    known.set(key, only.referral_id);
    await database.unitOfWork.run(context, (tx) =>
      tx.send('exchange_know', knowText, [context.tenant, target.id, caseId, only.referral_id, key]),
    );
  }
  return known;
}

const askedText = `SELECT DISTINCT ON (s.referral_id) s.referral_id, s.foreign_key, r.service, r.to_agency
  FROM sent_records s
  JOIN referrals r ON r.tenant_id = $1 AND r.stream_id = $3 AND r.referral_id = s.referral_id
  WHERE s.tenant_id = $1 AND s.target = $2 AND s.stream_id = $3 AND s.kind = 'referral'
    AND (s.state IN ('pending', 'sent', 'confirmed') OR s.asked_at IS NOT NULL)
  ORDER BY s.referral_id, s.created_at DESC`;

const knowText = `UPDATE sent_records SET foreign_key = $5, state = 'confirmed', reason = NULL, asked_at = NULL
  WHERE tenant_id = $1 AND target = $2 AND stream_id = $3 AND referral_id = $4 AND kind = 'referral'
    AND (state IN ('pending', 'sent', 'confirmed') OR asked_at IS NOT NULL)`;
