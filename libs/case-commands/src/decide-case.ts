import type { Instant } from '#libs/calendar';
import { caseEventOf, loadCase, type LoadedCase } from '#libs/case-log';
import {
  alone,
  sharesNothing,
  decide,
  evolve,
  type CaseCommand,
  type CaseEvent,
  type CaseState,
  type DecideContext,
} from '#libs/cases';
import type { Transaction } from '#libs/database';
import { makeKnown } from '#libs/pathway-files';
import { writeCase } from '#libs/read-models';
import { CommandRefused } from './errors.js';
import type { CaseCommandsParts } from './parts.js';
import { record } from './recording.js';
import type { CaseRequest, Envelope } from './request.js';
import { vocabularyOf } from './version-in-force.js';

/** A case with what was decided on it. */
export interface DecidedCase {
  caseId: string;
  loaded: LoadedCase;
  events: CaseEvent[];
  after: CaseState;
  recordedAt: Instant;
}

/** @throws CommandRefused */
export function decideCase(
  { caseId, command, actor }: CaseRequest,
  loaded: LoadedCase,
  context: DecideContext,
): DecidedCase {
  const history = command.type === 'MigrateCase' ? loaded.stored.map(caseEventOf) : undefined;
  const decided = decide(command, loaded.state, { ...context, ...(history === undefined ? {} : { history }) });
  if (!decided.ok) throw new CommandRefused(decided.refusal, loaded.state.version);
  return follow(caseId, loaded, decided.events, { by: actor.id, recordedAt: context.now });
}

/** What a case of a child has to make of a change of the child's own record. */
export async function noteOnCase(
  parts: CaseCommandsParts,
  { caseId, actor }: Pick<CaseRequest, 'caseId' | 'actor'>,
  command: CaseCommand<'NotePersonDetails' | 'ForgetChild'>,
  { now, birthDate }: { now: Instant; birthDate: string | undefined },
): Promise<DecidedCase> {
  const { database, context: databaseContext, pathways, calendar } = parts;
  const loaded = await database.read(databaseContext, (queries) => loadCase(queries, caseId));
  const key = loaded.state.status === 'known' ? loaded.state.enrolment?.pathway : undefined;
  await makeKnown(pathways, key);
  const decided = decide(command, loaded.state, {
    now,
    actor,
    pathway: (key) => pathways.find(key),
    common: vocabularyOf(key, pathways),
    calendar,
    birthDate,
    person: alone,
    staff: () => undefined,
    facility: () => undefined,
    shutOut: [],
    sharing: () => sharesNothing,
  });
  const events = decided.ok ? decided.events : [];
  return follow(caseId, loaded, events, { by: actor.id, recordedAt: now });
}

/** Appends what was decided and brings the read models along, all in one transaction. */
export async function writeDecided(
  tx: Transaction,
  parts: CaseCommandsParts,
  envelope: Envelope,
  { caseId: id, loaded, events, after, recordedAt }: DecidedCase,
): Promise<void> {
  if (events.length === 0 || after.status === 'none') return;
  const { personId } = after;
  await record(tx, parts, envelope, { id, category: 'case', personId, loaded, events, recordedAt });
  const pathway = (key: string) => parts.pathways.get(key);
  writeCase(tx, { id, before: loaded.state, after, events, pathway });
}

function follow(
  caseId: string,
  loaded: LoadedCase,
  events: CaseEvent[],
  stamp: { by: string; recordedAt: Instant },
): DecidedCase {
  const after = events.reduce<CaseState>((state, event) => evolve(state, { event, ...stamp }), loaded.state);
  return { caseId, loaded, events, after, recordedAt: stamp.recordedAt };
}
