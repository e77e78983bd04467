import { isLocalDate, type Instant } from '#libs/calendar';
import { upcast } from '#libs/case-log';
import { recidivism, type FollowUp, type Recidivism } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { loadOfType, type StoredEvent } from '#libs/event-store';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { FactValue, RecidivismReport } from '#libs/pathways';
import { configured } from './configured.js';
import { PublishedTable, shareOf, type Defined, type Published } from './published.js';

/** Children with a new prosecution decision or conviction, of those whose time has passed (pathways B.9). */
export interface RecidivismNumbers extends Defined {
  pathway: string;
  windows: RecidivismWindow[];
}

export interface RecidivismWindow {
  within: string;
  children: Published;
  reoffended: Published;
  /** 0.02 is 2 %. */
  share: Published;
  /** Children about whom nobody knows: they are among the children, and not among those who came again. */
  unchecked: Published;
}

interface OccurrenceRow {
  pathway: string;
  key: string;
  person_id: string;
  stream_id: string;
  started_at: Instant;
  occurrence: number;
  status: 'armed' | 'met' | 'cancelled';
  met_at: Instant | null;
}

/** The beginnings are what the pathway's own deadline takes for one; the engine knows no step by its name. */
export async function recidivismNumbers(
  queries: Queryable,
  registry: PathwayRegistry,
  now: Instant,
  zone: string,
): Promise<RecidivismNumbers[]> {
  const rules = configured(registry, 'recidivism', (report, { definition }) => ({
    ...report,
    windows:
      definition.deadlines[report.deadline]?.due.flatMap((rule) => ('schedule' in rule ? rule.schedule : [])) ?? [],
  }));
  const rows = await queries.query<OccurrenceRow>(
    'report_follow_ups',
    `SELECT r.id AS pathway, r.key, c.person_id, d.stream_id, d.started_at, d.occurrence, d.status, d.met_at
     FROM json_to_recordset($2) AS r (id text, key text, deadline text)
       JOIN case_summary c ON c.tenant_id = $1 AND c.pathway = r.key
       JOIN deadlines d ON d.tenant_id = c.tenant_id AND d.stream_id = c.stream_id AND d.definition = r.deadline
     ORDER BY d.stream_id, d.started_at, d.occurrence`,
    [queries.context.tenant, JSON.stringify(rules.rows)],
  );
  const recorded = await loadOfType(queries, [...new Set(rows.map((row) => row.stream_id))], 'FactsRecorded', upcast);
  const facts = grouped(recorded, ({ streamId }) => streamId);
  return rules.reports.map(({ id, report }) => {
    const versions = rules.rows.filter((rule) => rule.id === id);
    const counted = versions.map((rule) => ({
      rule,
      followUps: followUpsOf(
        rows.filter(({ key }) => key === rule.key),
        facts,
        rule,
      ),
    }));
    const windows = [...new Set(versions.flatMap((rule) => rule.windows))];
    const all = counted.flatMap(({ followUps }) => followUps);
    return {
      pathway: id,
      meaning: report.meaning,
      windows: recidivism(all, windows, report, now, zone).map(published),
    };
  });
}

/** One follow-up for each start of the deadline in a case; its occurrences are the checks of the windows. */
function followUpsOf(
  rows: readonly OccurrenceRow[],
  facts: ReadonlyMap<string, StoredEvent[]>,
  rule: Pick<RecidivismReport, 'fact' | 'offenceOn'>,
): FollowUp[] {
  const starts = grouped(rows, ({ stream_id, started_at }) => `${stream_id} ${started_at}`);
  return [...starts.values()].flatMap((occurrences) => {
    const [first] = occurrences;
    if (first === undefined) return [];
    const since = (facts.get(first.stream_id) ?? []).filter(({ occurredAt }) => occurredAt >= first.started_at);
    const told = (name: string) =>
      since.flatMap(({ occurredAt: at, data }) => {
        const value = (data['facts'] as Record<string, FactValue>)[name];
        return value === undefined ? [] : [{ at, value }];
      });
    const day = told(rule.offenceOn).at(-1)?.value;
    return [
      {
        personId: first.person_id,
        beganAt: first.started_at,
        checkedAt: checksOf(occurrences),
        checks: told(rule.fact),
        offenceOn: typeof day === 'string' && isLocalDate(day) ? day : undefined,
      },
    ];
  });
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function checksOf(occurrences: readonly OccurrenceRow[]): (Instant | undefined)[] {
  const checkedAt: (Instant | undefined)[] = [];
  for (const { occurrence, status, met_at } of occurrences) {
    if (status === 'met') checkedAt[occurrence - 1] = met_at ?? undefined;
  }
  return checkedAt;
}

function published({ within, children, reoffended, unchecked }: Recidivism): RecidivismWindow {
  const table = new PublishedTable();
  table.add('children', children);
  table.add('reoffended', reoffended);
  table.add('unchecked', unchecked);
  table.hide('others', children - reoffended);
  table.hide('clean', children - reoffended - unchecked);
  table.line('children', ['reoffended', 'others']);
  table.line('others', ['unchecked', 'clean']);
  const shown = table.publish();
  return {
    within,
    children: shown('children'),
    reoffended: shown('reoffended'),
    share: shareOf(shown('reoffended'), shown('children')),
    unchecked: shown('unchecked'),
  };
}
