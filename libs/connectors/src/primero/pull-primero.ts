import type { Instant } from '#libs/calendar';
import { receiveRecord, type Origin } from '#libs/record-exchange';
import type { ConnectorTools } from '../connector.js';
import { later } from '../asking/breaker.js';
import { loadCursor, moveCursor } from '../ledger/cursor.js';
import type { Heard } from '../ledger/heard.js';
import { primeroPageSize, type PrimeroClient, type PrimeroRecord } from './primero-client.js';

/** Everything is read for the first time from here on. */
const beginning = '2000-01-01T00:00:00.000Z';
/** Read again each time (milliseconds): a record that was being saved while the last page was read is not missed. */
const overlapMs = 2 * 60_000;
/** Records after which it is written down how far the reading has come. */
const rememberEvery = 20;
/** Open referrals are looked at for so long in each round, at the agreed pace (seconds). */
const lookSeconds = 2;

/** What reading one Primero needs. */
export interface PrimeroReading {
  readonly tools: ConnectorTools;
  readonly client: PrimeroClient;
  readonly heard: Heard;
}

/**
 * Takes in the cases that changed since last time, the earliest change first, and remembers on the way how far it has come:
 * a worker that is killed leaves the rest to the next. A record that is read twice is known by its content and changes
 * nothing. Then open referrals are looked at.
 */
export async function pullPrimero(reading: PrimeroReading): Promise<number> {
  const { tools, heard } = reading;
  const { parts, target } = tools;
  const cursor = await loadCursor(parts, target.id);
  heard.begin(cursor);
  const until = parts.clock.now();
  const range = {
    since: cursor === undefined ? beginning : later(cursor, -overlapMs),
    until,
    known: cursor ?? beginning,
  };
  const taken = await takeRange(reading, range);
  await moveTo(reading, until);
  return taken + (await lookAtOpen(reading));
}

interface ReadRange {
  readonly since: Instant;
  readonly until: Instant;
  /** How far it was read before: later than `since`, which overlaps. */
  readonly known: Instant;
}

/**
 * Goes on from the last record of a page instead of asking for the next one: a record that changes meanwhile leaves the
 * range, and all that follow would move up a place, over the edge of the page. Only where a whole page changed at one
 * moment is the next one asked for.
 */
async function takeRange(reading: PrimeroReading, { since, until, known }: ReadRange): Promise<number> {
  let taken = 0;
  let reached = known;
  for (let from = since, page = 1; ;) {
    const { records } = await reading.client.changed(from, until, page);
    for (const [index, record] of records.entries()) {
      taken += await takeIn(reading, record);
      const changedAt = changeOf(record);
      if ((index + 1) % rememberEvery !== 0 || changedAt === undefined || changedAt <= reached) continue;
      reached = changedAt;
      await moveTo(reading, reached);
    }
    if (records.length < primeroPageSize) return taken;
    const last = changeOf(records.at(-1));
    page = last !== undefined && last > from ? 1 : page + 1;
    from = page === 1 ? (last as Instant) : from;
  }
}

/** When a record last changed, as all moments are written here. */
function changeOf(record: unknown): Instant | undefined {
  const { last_updated_at: told } = (record ?? {}) as PrimeroRecord;
  const at = typeof told === 'string' ? Date.parse(told) : NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

async function moveTo({ tools, heard }: PrimeroReading, cursor: Instant): Promise<void> {
  await moveCursor(tools.parts, tools.target.id, cursor);
  heard.end(cursor);
}

/** @returns how many records were news to this worker */
async function takeIn(reading: PrimeroReading, record: unknown): Promise<0 | 1> {
  const { tools, client, heard } = reading;
  const { id, services_section: rows } = (record ?? {}) as PrimeroRecord;
  if (typeof id !== 'string') {
    await receiveRecord(tools.parts, 'primero', record, originOf(tools));
    return 1;
  }
  if (heard.compare(id, record) === 'same') return 0;
  // What became of a referral stands beside the case, so it is read along where there is a service to refer for.
  const hasRows = Array.isArray(rows) && rows.length > 0;
  const referrals = hasRows ? await client.referralsOf(id) : undefined;
  const whole = referrals === undefined ? record : { ...(record as PrimeroRecord), referrals };
  const { kind } = await receiveRecord(tools.parts, 'primero', whole, originOf(tools));
  // One that could not be used may be usable the next time, when our code tables have changed.
  if (kind === 'quarantined' || kind === 'still_quarantined') return 1;
  heard.remember(id, record);
  if (referrals !== undefined) heard.remember(referralsKey(id), referrals);
  return 1;
}

const referralsKey = (id: string): string => `${id}/referrals`;

/**
 * A referral that is accepted leaves the time of change of its case as it was, so that no list of changes tells of it. So
 * those without an answer are looked at one case after the other, those first that were not looked at for the longest: with
 * R requests a second and N open cases, an answer is heard of after N/R seconds or so.
 */
async function lookAtOpen({ tools, client, heard }: PrimeroReading): Promise<number> {
  const { parts, target } = tools;
  const atMost = Math.ceil(target.requestsPerSecond * lookSeconds);
  const values = [parts.context.tenant, target.id, atMost, parts.clock.now()];
  const open = await parts.database.unitOfWork.run(parts.context, (tx) =>
    tx.query<{ id: string }>('exchange_look', lookText, values),
  );
  let news = 0;
  for (const { id } of open) {
    const referrals = await client.referralsOf(id);
    if (heard.compare(referralsKey(id), referrals) === 'same') continue;
    const record = await client.find(id);
    if (record === undefined) continue;
    const { kind } = await receiveRecord(parts, 'primero', { ...record, referrals }, originOf(tools));
    if (kind === 'quarantined' || kind === 'still_quarantined') continue;
    heard.remember(referralsKey(id), referrals);
    news += 1;
  }
  return news;
}

/** Takes those whose turn it is, so that several workers share them. */
const lookText = `WITH open AS (
    SELECT DISTINCT r.stream_id, coalesce(f.value, r.stream_id::text) AS id
    FROM referrals r
    LEFT JOIN foreign_identifiers f
      ON f.tenant_id = $1 AND f.stream_id = r.stream_id AND f.system = 'primero' AND f.name = 'id'
    WHERE r.tenant_id = $1 AND r.state IN ('SENT', 'ACKNOWLEDGED', 'MORE_INFO')
      AND (EXISTS (SELECT FROM sent_records s WHERE s.tenant_id = $1 AND s.target = $2 AND s.stream_id = r.stream_id
          AND s.kind = 'referral' AND s.referral_id = r.referral_id AND s.state IN ('sent', 'confirmed'))
        OR (r.system = 'primero' AND EXISTS (SELECT FROM received_records x
          WHERE x.tenant_id = $1 AND x.stream_id = r.stream_id AND x.target = $2)))),
  turn AS (
    SELECT o.stream_id, o.id FROM open o
    LEFT JOIN exchange_looks l ON l.tenant_id = $1 AND l.target = $2 AND l.stream_id = o.stream_id
    ORDER BY l.looked_at NULLS FIRST LIMIT $3),
  looked AS (
    INSERT INTO exchange_looks (tenant_id, target, stream_id, looked_at) SELECT $1, $2, stream_id, $4 FROM turn
    ON CONFLICT (tenant_id, target, stream_id) DO UPDATE SET looked_at = excluded.looked_at)
  SELECT id FROM turn`;

/** Where a record comes from that was read there. */
export const originOf = ({ target, ledger }: ConnectorTools): Origin => ({
  target: target.id,
  toldLast: (caseId) => ledger.lastTold(caseId),
});

/** Every case, for a comparison; nothing is taken in. */
export async function allOfPrimero(client: PrimeroClient, until: Instant): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { records, total } = await client.changed(beginning, until, page);
    all.push(...records);
    if (records.length === 0 || page * primeroPageSize >= total) return all;
  }
}
