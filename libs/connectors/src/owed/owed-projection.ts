import type { SharingPolicy } from '#libs/access';
import type { ExchangeTarget } from '#libs/configuration';
import type { Projection } from '#libs/event-store';

/** Events after which another system may have to be told something. What runs inside (deadlines, alerts) is not theirs. */
const told: ReadonlySet<string> = new Set([
  'CaseOpened',
  'CaseEnrolled',
  'CaseMigrated',
  'CaseAssigned',
  'TransitionTaken',
  'RiskLevelSet',
  'ConsentGiven',
  'ConsentWithdrawn',
  'ConsentExceptionRecorded',
  'ConsentExceptionRejected',
  'ConsentExceptionReviewed',
  'ConflictDeclared',
  'ReferralReceived',
  'ReferralSent',
  'ReferralAcknowledged',
  'ReferralAccepted',
  'ReferralRejected',
  'ReferralServiceStarted',
  'ReferralCompleted',
  'ReferralRevoked',
  'ReferralExpired',
  'ForeignRecordReceived',
  'PersonRegistered',
  'PersonDetailsChanged',
]);

/** An answer stands in two places of a Primero, which is told even of what it said itself, so that both say the same. */
const saidTwice: ReadonlySet<string> = new Set(['ReferralAccepted', 'ReferralRejected', 'ReferralCompleted']);

interface Served {
  readonly id: string;
  readonly agencies: string;
  readonly provinces: string;
}

/** SQL: whether a target has to know of the case `c` of tenant `$1`. @param served expressions of what it serves */
export const servesCase = ({ id, agencies, provinces }: Served): string => `(
  c.agency = ANY (${agencies}) OR c.province = ANY (${provinces})
  OR EXISTS (SELECT FROM referrals r WHERE r.tenant_id = $1 AND r.stream_id = c.stream_id
    AND (r.from_agency = ANY (${agencies}) OR r.to_agency = ANY (${agencies})))
  OR EXISTS (SELECT FROM received_records x WHERE x.tenant_id = $1 AND x.stream_id = c.stream_id AND x.target = ${id}))`;

/** SQL: whether the case `c` goes ahead of others: by its pathway, or by a ladder on which a clock runs. */
export const urgentCase = (pathways: string, ladders: string): string => `(
  coalesce(split_part(c.pathway, '@', 1) = ANY (${pathways}::text[]), false) OR EXISTS (SELECT FROM deadlines d
    WHERE d.tenant_id = $1 AND d.stream_id = c.stream_id AND d.status = 'armed' AND d.ladder = ANY (${ladders}::text[])))`;

/*
 * A target is told of the cases of its agencies and provinces, of those that its agencies are asked to help with, and of
 * those it told us of; not of what it said itself, but for answers. A case that is being sent keeps its claim: its version has moved, so
 * it is sent again afterwards.
 */
const oweText = `INSERT INTO exchange_owed AS o (tenant_id, target, stream_id, urgent, owed_since, next_try_at)
  SELECT $1, t.id, c.stream_id,
    ${urgentCase('$4', '$5')},
    min(e.at), min(e.at)
  FROM json_to_recordset($2) AS e (stream_id uuid, actor text, at timestamptz, twice boolean)
  JOIN case_summary c ON c.tenant_id = $1 AND (c.stream_id = e.stream_id OR c.person_id = e.stream_id)
  JOIN json_to_recordset($3) AS t (id text, system text, agencies text[], provinces text[])
    ON (e.actor <> 'integration-' || t.id OR (e.twice AND t.system = 'primero'))
    AND ${servesCase({ id: 't.id', agencies: 't.agencies', provinces: 't.provinces' })}
  GROUP BY t.id, c.stream_id, c.pathway
  ON CONFLICT (tenant_id, target, stream_id) DO UPDATE SET version = o.version + 1, urgent = o.urgent OR excluded.urgent,
    owed_since = least(o.owed_since, excluded.owed_since),
    refusals = CASE WHEN o.parked_at IS NULL THEN o.refusals ELSE 0 END, parked_at = NULL,
    next_try_at = CASE WHEN o.claim IS NULL THEN least(o.next_try_at, excluded.next_try_at) ELSE o.next_try_at END
  RETURNING target, urgent`;

/** Told once something is owed to a target; a hint that may get lost. */
export type WakeTargets = (owed: readonly { target: string; urgent: boolean }[]) => void;

/** Finds in the feed which cases each target has to be told of, and owes them: once, whatever is killed meanwhile. */
export function owedProjection(
  targets: readonly ExchangeTarget[],
  { ahead }: Pick<SharingPolicy, 'ahead'>,
  wake: WakeTargets,
): Projection {
  const served = JSON.stringify(targets.map(({ id, system, serves }) => ({ id, system, ...serves })));
  return {
    name: 'exchange_owed',
    version: 1,
    apply: async (tx, events) => {
      const changes = events
        .filter(({ type }) => told.has(type))
        .map(({ streamId, meta, recordedAt, type }) => ({
          ...{ stream_id: streamId, actor: meta.actor, at: recordedAt, twice: saidTwice.has(type) },
        }));
      if (changes.length === 0) return;
      const values = [tx.context.tenant, JSON.stringify(changes), served, ahead.pathways, ahead.ladders];
      const owed = await tx.query<{ target: string; urgent: boolean }>('exchange_owe', oweText, values);
      if (owed.length > 0) tx.afterCommit(() => wake(owed));
    },
  };
}
