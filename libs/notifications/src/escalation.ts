import type { Instant } from '#libs/calendar';
import type { CaseEvent, DeadlineEvent, DeadlineEventData } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { Recipient } from '#libs/pathways';
import type { OwedNotice } from './outbox.js';
import type { Concerned, StaffMember } from './recipients.js';

/** What a notice is about: a rung of a ladder that was reached, or an alert. */
export interface Escalation {
  readonly kind: 'case' | 'facility';
  /** Code of the case or facility. */
  readonly code: string;
  readonly says: 'overdue' | 'dueSoon' | 'alert';
  readonly raisedAt: Instant;
  /** Recipients of the alert, or of the rung that was reached and then of the rungs above it. */
  readonly rungs: readonly (readonly Recipient[])[];
  readonly concerned: Concerned;
}

/** The case or facility, the event, or its deadline is not in the log. It never happens unless somebody changed the tables. */
export class EscalationMissing extends Error {
  override readonly name = 'EscalationMissing';
}

const raisedText = `SELECT type, data, occurred_at FROM events
  WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND type IN ('EscalationRaised', 'AlertRaised')`;

const armedText = `SELECT armed.data FROM events armed
  JOIN events raised ON raised.tenant_id = armed.tenant_id AND raised.stream_id = armed.stream_id AND raised.version = $3
  WHERE armed.tenant_id = $1 AND armed.stream_id = $2 AND armed.type = 'DeadlineArmed'
    AND armed.data->>'deadline' = raised.data->>'deadline'`;

/*
 * A case and who must not hear of it: those in conflict of interest, and the people of an accused facility that the child
 * lives or has lived in. Or a facility, whose own people are never told that somebody watches it.
 */
const concernedText = `SELECT 'case' AS kind, c.code, c.owner, c.agency, c.province,
    c.conflicts || ARRAY(SELECT f.code FROM facility_summary f JOIN facility_stays s
      ON s.tenant_id = f.tenant_id AND s.facility = f.code AND s.replaced_at IS NULL
      WHERE f.tenant_id = c.tenant_id AND f.accused AND s.person_id = c.person_id) AS conflicts
  FROM case_summary c WHERE c.tenant_id = $1 AND c.stream_id = $2
  UNION ALL SELECT 'facility', code, owner, agency, province, ARRAY[code] FROM facility_summary
  WHERE tenant_id = $1 AND stream_id = $2`;

/**
 * The facts of what was raised. The ladder is the one that the deadline was armed with; owner, agency and conflicts
 * are those of now.
 *
 * @throws EscalationMissing
 */
export async function escalationOf(queries: Queryable, { streamId, version }: OwedNotice): Promise<Escalation> {
  const { tenant } = queries.context;
  const [[raised], [armed], [summary]] = await Promise.all([
    queries.query<RaisedRow>('escalation_raised', raisedText, [tenant, streamId, version]),
    queries.query<{ data: DeadlineEventData['DeadlineArmed'] }>('escalation_armed', armedText, [
      tenant,
      streamId,
      version,
    ]),
    queries.query<Concerned & Pick<Escalation, 'kind' | 'code'>>('escalation_concerned', concernedText, [
      tenant,
      streamId,
    ]),
  ]);
  if (raised === undefined || summary === undefined) throw new EscalationMissing('no such escalation');
  const { kind, code, ...concerned } = summary;
  const { occurred_at: raisedAt } = raised;
  return { kind, code, raisedAt, concerned, ...(raised.type === 'AlertRaised' ? alert(raised) : rung(raised, armed)) };
}

type RaisedAlert = Pick<CaseEvent<'AlertRaised'>, 'type' | 'data'>;
type RaisedRung = Pick<DeadlineEvent<'EscalationRaised'>, 'type' | 'data'>;
type RaisedRow = (RaisedAlert | RaisedRung) & { occurred_at: Instant };
type Said = Pick<Escalation, 'says' | 'rungs'>;

const alert = ({ data }: RaisedAlert): Said => ({ says: 'alert', rungs: [data.recipients] });

function rung(
  { data: { rung: reached, recipients, overdue } }: RaisedRung,
  armed: { data: DeadlineEventData['DeadlineArmed'] } | undefined,
): Said {
  if (armed === undefined) throw new EscalationMissing('no such deadline');
  const above = armed.data.rungs.filter((each) => each.rung > reached).map((each) => each.recipients);
  return { says: overdue ? 'overdue' : 'dueSoon', rungs: [recipients, ...above] };
}

const staffText = `SELECT s.id, s.agency, s.roles, coalesce(s.province, a.province) AS province, s.language, s.email
  FROM staff s JOIN agencies a ON a.tenant_id = s.tenant_id AND a.id = s.agency
  WHERE s.tenant_id = $1 AND s.active AND (s.id = $2 OR s.agency = $3 OR s.roles && $4::text[]) ORDER BY s.id`;

/** Active staff that any rung may mean. */
export async function staffFor(queries: Queryable, { rungs, concerned }: Escalation): Promise<StaffMember[]> {
  const values = [queries.context.tenant, concerned.owner, concerned.agency, [...new Set(rungs.flat())]];
  return queries.query<StaffMember>('escalation_staff', staffText, values);
}
