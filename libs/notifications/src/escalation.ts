import type { Instant } from '#libs/calendar';
import type { CaseEventData } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { Recipient } from '#libs/pathways';
import type { OwedNotice } from './outbox.js';
import type { CaseConcerned, StaffMember } from './recipients.js';

/** What a notice is about. */
export interface Escalation {
  readonly caseCode: string;
  readonly overdue: boolean;
  readonly raisedAt: Instant;
  /** Recipients of the rung that was reached, then those of the rungs above it. */
  readonly rungs: readonly (readonly Recipient[])[];
  readonly concerned: CaseConcerned;
}

/** The case, the event, or its deadline is not in the log. It never happens unless somebody changed the tables. */
export class EscalationMissing extends Error {
  override readonly name = 'EscalationMissing';
}

const raisedText = `SELECT data, occurred_at FROM events
  WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND type = 'EscalationRaised'`;

const armedText = `SELECT armed.data FROM events armed
  JOIN events raised ON raised.tenant_id = armed.tenant_id AND raised.stream_id = armed.stream_id AND raised.version = $3
  WHERE armed.tenant_id = $1 AND armed.stream_id = $2 AND armed.type = 'DeadlineArmed'
    AND armed.data->>'deadline' = raised.data->>'deadline'`;

const concernedText = `SELECT code, owner, agency, province, conflicts FROM case_summary
  WHERE tenant_id = $1 AND stream_id = $2`;

/**
 * The facts of a raised escalation. The ladder is the one that the deadline was armed with; owner, agency and conflicts
 * are those of now.
 *
 * @throws EscalationMissing
 */
export async function escalationOf(queries: Queryable, { caseId, version }: OwedNotice): Promise<Escalation> {
  const { tenant } = queries.context;
  const [[raised], [armed], [summary]] = await Promise.all([
    queries.query<RaisedRow>('escalation_raised', raisedText, [tenant, caseId, version]),
    queries.query<{ data: CaseEventData['DeadlineArmed'] }>('escalation_armed', armedText, [tenant, caseId, version]),
    queries.query<CaseConcerned & { code: string }>('escalation_case', concernedText, [tenant, caseId]),
  ]);
  if (raised === undefined || armed === undefined || summary === undefined) {
    throw new EscalationMissing('no such escalation');
  }
  const { rung: reached, recipients, overdue } = raised.data;
  const above = armed.data.rungs.filter(({ rung }) => rung > reached).map((rung) => rung.recipients);
  const { code: caseCode, ...concerned } = summary;
  return { caseCode, overdue, raisedAt: raised.occurred_at, rungs: [recipients, ...above], concerned };
}

interface RaisedRow {
  data: CaseEventData['EscalationRaised'];
  occurred_at: Instant;
}

const staffText = `SELECT s.id, s.agency, s.roles, coalesce(s.province, a.province) AS province, s.language, s.email
  FROM staff s JOIN agencies a ON a.tenant_id = s.tenant_id AND a.id = s.agency
  WHERE s.tenant_id = $1 AND s.active AND (s.id = $2 OR s.agency = $3 OR s.roles && $4::text[]) ORDER BY s.id`;

/** Active staff that any rung may mean. */
export async function staffFor(queries: Queryable, { rungs, concerned }: Escalation): Promise<StaffMember[]> {
  const values = [queries.context.tenant, concerned.owner, concerned.agency, [...new Set(rungs.flat())]];
  return queries.query<StaffMember>('escalation_staff', staffText, values);
}
