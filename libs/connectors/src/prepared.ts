import type { SharingPolicy } from '#libs/access';
import type { Clock } from '#libs/calendar';
import { birthDateOf, sealOf, type ConsentContext, type KnownCase } from '#libs/cases';
import { loadCase } from '#libs/case-log';
import type { ExchangeTarget } from '#libs/configuration';
import type { Queryable } from '#libs/database';
import type { CodeTables, ExportInput } from '#libs/interop';
import type { Log } from '#libs/logging';
import { registerInForce } from '#libs/pathway-files';
import type { ReadAudit } from '#libs/read-audit';
import { surroundingsOf } from '#libs/read-models';
import { exportInput, type ExchangeParts } from '#libs/record-exchange';
import { decideLeaving, type Leaving } from './leaving/decide-leaving.js';

/** What every part of the exchange works with. */
export interface ConnectorParts extends ExchangeParts {
  readonly clock: Clock;
  readonly sharing: SharingPolicy;
  readonly readAudit: ReadAudit;
  readonly log: Log;
  /** Ids of all targets of the same system, to tell who said what. */
  readonly targets: readonly ExchangeTarget[];
}

/** A case ready to be sent: what may leave was decided a moment ago. */
export interface Prepared {
  readonly leaving: Leaving;
  readonly state: KnownCase;
  readonly personId: string;
  readonly version: number;
  readonly pathway: string | undefined;
  readonly codes: CodeTables;
  /** What consents were judged by. */
  readonly context: ConsentContext;
  /** Undefined when nothing may leave. */
  readonly input: ExportInput | undefined;
}

/** Loads a case and decides what of it may leave to a target now. Undefined when there is no such case. */
export async function prepare(
  parts: ConnectorParts,
  target: ExchangeTarget,
  caseId: string,
): Promise<Prepared | undefined> {
  const codes = await parts.codes.inForce();
  return parts.database.read(parts.context, async (queries) => {
    const { state } = await loadCase(queries, caseId);
    if (state.status === 'none') return undefined;
    const input = state.erased ? undefined : await exportInput(parts, queries, caseId);
    const pathway = state.enrolment && parts.pathways.find(state.enrolment.pathway);
    const { shutOut } = await surroundingsOf(queries, state.personId, [], registerInForce(parts.pathways).register);
    const context: ConsentContext = {
      now: parts.clock.now(),
      calendar: parts.calendar,
      common: parts.pathways.common,
      birthDate: input && birthDateOf(input.person.identity),
    };
    const leaving = decideLeaving({
      state,
      sealed: sealOf(state, pathway) !== undefined,
      pathway: pathway?.definition.id,
      target,
      told: await hasTold(queries, parts, target, caseId),
      shutOut,
      sharing: parts.sharing,
      codes,
      context,
    });
    const { personId, version } = state;
    return { leaving, state, personId, version, pathway: pathway?.definition.id, codes, context, input };
  });
}

/** A record that was brought here says not which instance it came from; it counts where there is only one. */
async function hasTold(
  queries: Queryable,
  { targets, context }: ConnectorParts,
  { id, system }: ExchangeTarget,
  caseId: string,
): Promise<boolean> {
  const alone = targets.filter((each) => each.system === system).length === 1;
  const rows = await queries.query('exchange_has_told', hasToldText, [context.tenant, caseId, system, id, alone]);
  return rows.length > 0;
}

const hasToldText = `SELECT FROM received_records WHERE tenant_id = $1 AND stream_id = $2 AND system = $3
  AND state IN ('received', 'taken_in') AND (target = $4 OR ($5 AND target IS NULL)) LIMIT 1`;
