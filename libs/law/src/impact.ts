import { caseEventOf, loadCase } from '#libs/case-log';
import { contextFor, type CaseCommandsParts } from '#libs/case-commands';
import {
  decide,
  evolve,
  type Actor,
  type CaseCommand,
  type CaseState,
  type DeadlineStatus,
  type KnownCase,
} from '#libs/cases';
import { isNewer, overlayVersion, pathwayKey, type Pathway } from '#libs/pathways';
import { openCasesOf, type OpenCase } from './open-cases.js';

/** A deadline that would be overdue under the draft and is not now. Cases are told by their codes alone. */
export interface NewlyOverdue {
  case: string;
  province: string | null;
  deadline: string;
  dueAt: string;
}

/** Who would become overdue under a draft. */
export interface Impact {
  pathway: string;
  /** Open cases that were looked at. */
  cases: number;
  overdue: NewlyOverdue[];
  byProvince: Record<string, number>;
  byDeadline: Record<string, number>;
  /** Cases that the draft's map has no place for. */
  unmoved: { case: string; because: string[] }[];
}

type ImpactParts = Omit<CaseCommandsParts, 'afterCommit'>;

/** Whoever would move the cases: nobody does, so nobody is named. */
const nobody: Actor = { id: 'impact', roles: ['MOSVY_CPD'], agency: 'spean' };

/** Where a case without a province is counted. */
const UNKNOWN = 'unknown';

/**
 * What would happen to the open cases of a pathway if all of them were moved to a draft now. Worked out from the log by
 * the same rules that would move them; nothing is written.
 */
export async function impactOf(draft: Pathway, parts: ImpactParts): Promise<Impact> {
  const { database, context, pathways } = parts;
  await pathways.refresh();
  const impact: Impact = {
    pathway: pathwayKey(draft.definition),
    cases: 0,
    overdue: [],
    byProvince: {},
    byDeadline: {},
    unmoved: [],
  };
  for await (const each of openCasesOf(database, context, versionsBefore(draft, parts))) {
    impact.cases += 1;
    const { overdue, because } = await underDraft(each, draft, parts);
    if (because !== undefined) impact.unmoved.push({ case: each.code, because });
    for (const { definition, dueAt } of overdue) {
      impact.overdue.push({ case: each.code, province: each.province, deadline: definition, dueAt });
      count(impact.byProvince, each.province ?? UNKNOWN);
      count(impact.byDeadline, definition);
    }
  }
  return impact;
}

/** Versions whose cases the draft would take over; their overlays go with them. */
function versionsBefore({ definition: { id, version } }: Pathway, { pathways }: ImpactParts): string[] {
  return pathways
    .all()
    .map(({ definition }) => definition)
    .filter((each) => each.id === id && overlayVersion(each.version) === undefined && isNewer(version, each.version))
    .map(pathwayKey);
}

const count = (counts: Record<string, number>, name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);

interface UnderDraft {
  overdue: DeadlineStatus[];
  /** Why the case could not be moved. */
  because?: string[];
}

async function underDraft({ caseId }: OpenCase, draft: Pathway, parts: ImpactParts): Promise<UnderDraft> {
  const loaded = await parts.database.read(parts.context, (queries) => loadCase(queries, caseId));
  if (loaded.state.status === 'none') return { overdue: [] };
  const to = pathwayKey(draft.definition);
  const now = parts.clock.now();
  const command: CaseCommand<'MigrateCase'> = {
    type: 'MigrateCase',
    data: { to, reason: 'impact' },
    occurredAt: now,
    precision: 'moment',
  };
  const asked = { caseId, command, actor: nobody, purpose: 'law_change', traceId: '0'.repeat(32) };
  const around = await contextFor(parts, asked, loaded.state);
  const outcome = decide(command, loaded.state, {
    ...around,
    pathway: (key) => (key === to ? draft : around.pathway(key)),
    history: loaded.stored.map(caseEventOf),
  });
  if (!outcome.ok)
    return { overdue: [], because: outcome.refusal.unmet.map(({ code, subject }) => `${code} ${subject}`) };
  const after = outcome.events.reduce<CaseState>(
    (state, event) => evolve(state, { event, by: nobody.id, recordedAt: now }),
    loaded.state,
  );
  return { overdue: newlyOverdue(loaded.state, after as KnownCase, now) };
}

/** Overdue now, and neither it nor the one whose place it takes was overdue before. */
function newlyOverdue({ deadlines: before }: KnownCase, { deadlines }: KnownCase, now: string): DeadlineStatus[] {
  const isOverdue = (deadline: DeadlineStatus | undefined): boolean =>
    deadline?.status === 'armed' && deadline.dueAt <= now;
  return Object.values(deadlines).filter(
    (each) => isOverdue(each) && !isOverdue(before[each.deadline]) && !isOverdue(before[each.replaces ?? '']),
  );
}
