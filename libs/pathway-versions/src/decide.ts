import { startOfDay, type Instant, type LocalDate } from '#libs/calendar';
import { unmet, type Actor, type Outcome, type Unmet } from '#libs/cases';
import { compareVersions, isNewer, lintMigration, overlayVersion, type Finding, type Pathway } from '#libs/pathways';
import type { PathwayEvent } from './events.js';
import type { PathwayHistory, VersionStatus } from './history.js';

/** What may be asked of the history of a pathway. */
export interface PathwayCommandData {
  ProposePathwayVersion: { source: string; effectiveOn?: LocalDate };
  ApprovePathwayVersion: { version: string };
}

export type PathwayCommandType = keyof PathwayCommandData;

export type PathwayCommand<T extends PathwayCommandType = PathwayCommandType> = {
  [K in T]: { type: K; data: PathwayCommandData[K] };
}[T];

/** A text that was read and judged: what it would be, and what is wrong with it. */
export interface Draft {
  pathway: Pathway | undefined;
  findings: Finding[];
}

export interface PathwayContext {
  now: Instant;
  zone: string;
  actor: Actor;
  /** The version that cases begin under once all that was published is in force; undefined: there is none yet. */
  latest: Pathway | undefined;
  /** Reads and judges a text. */
  read: (source: string) => Draft;
  /** Whether a version has this number already, shipped or published. */
  isTaken: (version: string) => boolean;
}

/** Who may write law for the system, and who may agree to it. */
const PROPOSERS = ['MOSVY_CPD', 'PDOSVY_SUP'];
const APPROVERS = ['MOSVY_CPD'];

/** One person besides the proposer agrees; two where a child would be less protected (pathways 1.9). */
const ONE = 1;
const TWO = 2;

const may = ({ roles }: Actor, list: readonly string[]): boolean => roles.some((role) => list.includes(role));

/** Decides on a command: the events it makes, or everything that stands in its way. Pure. */
export function decidePathway(
  command: PathwayCommand,
  history: PathwayHistory,
  context: PathwayContext,
): Outcome<PathwayEvent> {
  switch (command.type) {
    case 'ProposePathwayVersion':
      return propose(command.data, history, context);
    case 'ApprovePathwayVersion':
      return approve(command.data, history, context);
  }
}

function propose(
  { source, effectiveOn }: PathwayCommandData['ProposePathwayVersion'],
  { versions }: PathwayHistory,
  context: PathwayContext,
): Outcome<PathwayEvent> {
  const { actor, now, zone, latest } = context;
  const { pathway, findings } = context.read(source);
  const problems = [
    ...(may(actor, PROPOSERS) ? [] : [unmet('RoleNotAllowed', 'ProposePathwayVersion')]),
    ...(effectiveOn !== undefined && startOfDay(effectiveOn, zone) < now ? [unmet('TooLate', 'effectiveOn')] : []),
    ...findings.map(asUnmet),
  ];
  if (pathway === undefined) return refused(problems);
  const { id, version } = pathway.definition;
  problems.push(
    ...numberProblems(version, versions, context),
    ...(latest === undefined ? [] : lintMigration(latest.definition, pathway.definition).map(asUnmet)),
  );
  if (problems.length > 0) return refused(problems);
  const safety = latest === undefined ? [] : changesOfSafety(latest, pathway);
  const base = latest?.definition.version;
  return made({
    type: 'PathwayVersionProposed',
    data: {
      pathway: id,
      version,
      source,
      ...(base === undefined ? {} : { base }),
      safety,
      approvalsNeeded: safety.length > 0 || latest === undefined ? TWO : ONE,
      ...(effectiveOn === undefined ? {} : { effectiveOn }),
    },
    occurredAt: now,
    precision: 'moment',
  });
}

function numberProblems(version: string, versions: readonly VersionStatus[], context: PathwayContext): Unmet[] {
  if (context.isTaken(version) || versions.some((each) => each.version === version)) {
    return [unmet('AlreadyExists', 'version', version)];
  }
  const present = context.latest?.definition.version;
  const older = present !== undefined && overlayVersion(version) === undefined && !isNewer(version, present);
  return older ? [unmet('FieldInvalid', 'version', version)] : [];
}

const changesOfSafety = (latest: Pathway, next: Pathway): string[] =>
  compareVersions(latest, next)
    .filter(({ safety }) => safety)
    .map(({ path }) => path);

/** A finding of the linter as something that is missing, with its line, in both languages. */
function asUnmet({ path, line, message }: Finding): Unmet {
  const place = `${line === undefined ? '' : `${line}: `}${path}`;
  return unmet('DefinitionInvalid', path, { en: `${place} ${message.en}`, km: `${place} ${message.km}` });
}

function approve(
  { version }: PathwayCommandData['ApprovePathwayVersion'],
  { versions }: PathwayHistory,
  { actor, now, zone, latest }: PathwayContext,
): Outcome<PathwayEvent> {
  const status = versions.find((each) => each.version === version);
  if (status === undefined) return { ok: false, refusal: { kind: 'unknown', unmet: [unmet('NotFound', 'version')] } };
  const moved = status.base !== latest?.definition.version ? [unmet('WrongState', 'base', status.base ?? version)] : [];
  const published = status.publishedAt === undefined ? [] : [unmet('WrongState', 'version', version)];
  const conflict = published.length > 0 ? published : moved;
  if (conflict.length > 0) return { ok: false, refusal: { kind: 'state', unmet: conflict } };
  const problems = [
    ...(may(actor, APPROVERS) ? [] : [unmet('RoleNotAllowed', 'ApprovePathwayVersion')]),
    ...([status.proposedBy, ...status.approvedBy].includes(actor.id) ? [unmet('TwoPersonRule', 'approval')] : []),
  ];
  if (problems.length > 0) return refused(problems);
  const when = { occurredAt: now, precision: 'moment' as const };
  const approved: PathwayEvent = { type: 'PathwayVersionApproved', data: { version }, ...when };
  if (status.approvedBy.length + 1 < status.approvalsNeeded) return made(approved);
  const effectiveFrom = [effectiveFromOf(status, now, zone), ...froms(status, versions)].toSorted().at(-1) ?? now;
  return made(approved, { type: 'PathwayVersionPublished', data: { version, effectiveFrom }, ...when });
}

/** No law holds before it was published, whatever day was planned. */
function effectiveFromOf({ effectiveOn }: VersionStatus, now: Instant, zone: string): Instant {
  const planned = effectiveOn === undefined ? now : startOfDay(effectiveOn, zone);
  return planned > now ? planned : now;
}

/** A version never comes into force before the one that it follows. */
function froms({ version }: VersionStatus, versions: readonly VersionStatus[]): Instant[] {
  if (overlayVersion(version) !== undefined) return [];
  return versions.flatMap((each) => (overlayVersion(each.version) === undefined ? (each.effectiveFrom ?? []) : []));
}

const made = (...events: PathwayEvent[]): Outcome<PathwayEvent> => ({ ok: true, events });

const refused = (problems: Unmet[]): Outcome<PathwayEvent> => ({
  ok: false,
  refusal: { kind: 'unmet', unmet: problems },
});
